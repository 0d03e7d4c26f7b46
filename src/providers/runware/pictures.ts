import type { RunwareDialect } from '../../catalogue/model';
import type { OptionValue } from '../../domain/imageRequest';
import type { Margins } from '../../domain/margins';
import type { Call, InputImage } from '../provider';

/** Where something goes in a task, as a path (`inputs.referenceImages`), and what. */
export type Place = readonly [path: string, value: OptionValue | bigint | InputImage | readonly InputImage[] | Margins];

/** The pictures of a call and what is said of them, where this model takes them (Runware reference, *Where image inputs go*). */
export function placesOfPictures({ offer, task }: Call, dialect: RunwareDialect): Place[] {
	const lacks = (what: string): Error => new Error(`The catalogue names no place for ${what} of ${offer.name}.`);
	switch (task.operation) {
		case 'generate':
			return [];
		case 'edit':
			return task.mask ? masked(task.images, task.mask, dialect, lacks) : unmasked(task.images, dialect, lacks);
		case 'expand': {
			if (dialect.source === undefined || !dialect.outpaint) throw lacks('an expansion');
			return [
				[dialect.source, task.image],
				['outpaint', task.margins],
			];
		}
		case 'vary':
			if (dialect.source === undefined || !dialect.strength) throw lacks('a variation');
			return [[dialect.source, task.image]];
	}
}

type Lacks = (what: string) => Error;

/**
 * The mask goes out as it is. Runware reads how bright it is: white is painted anew. OpenAI, behind it, reads its alpha: what is
 * transparent is. The task's mask is both at once.
 */
function masked(images: readonly InputImage[], mask: InputImage, dialect: RunwareDialect, lacks: Lacks): Place[] {
	if (dialect.mask === undefined) throw lacks('a mask');
	return [...pictures(images, dialect, lacks), [dialect.mask, mask]];
}

function unmasked(images: readonly InputImage[], dialect: RunwareDialect, lacks: Lacks): Place[] {
	return dialect.references ? [listed(images, dialect.references)] : pictures(images, dialect, lacks);
}

/** The picture that is painted over, and apart from it those that the prompt speaks of. */
function pictures(images: readonly InputImage[], { source, references }: RunwareDialect, lacks: Lacks): Place[] {
	if (source === undefined) {
		if (!references) throw lacks('pictures');
		return [listed(images, references)];
	}
	const [first, ...others] = images;
	if (!first) throw new Error('An edit has a picture.');
	if (others.length === 0) return [[source, first]];
	if (!references) throw lacks('a second picture');
	return [[source, first], listed(others, references)];
}

function listed(images: readonly InputImage[], { path, most }: NonNullable<RunwareDialect['references']>): Place {
	if (images.length > most) throw new Error(`${path} takes ${most} pictures: the plan sends no more.`);
	return [path, images];
}
