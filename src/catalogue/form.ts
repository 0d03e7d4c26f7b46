import { isImageError } from '../domain/imageError';
import { type RequestableFormat, requestableFormats } from '../domain/imageFormat';
import type { Operation } from '../domain/imageRequest';
import { formatSize, formatSizeWish, parseSizeWish, type Size } from '../domain/size';
import { controlsOf, type Offered, sizeRuleOf } from './catalogue';
import { fitSize } from './fitSize';
import { type Job, wayOf } from './job';
import type { Control, SizeRule } from './model';
import { outpaintStep } from './outpaint';
import { formatOptions } from './plainWords';
import { mostReferences } from './references';

/** A size to choose. */
export interface FormSize {
	/** As a request has it: `16:9`, `1024x1024`. */
	readonly size: string;
	/** Width to height. */
	readonly ratio: number;
	/** Of a ratio: the pixels that it comes to, `1536x864`. Absent: the server decides. */
	readonly pixels?: string;
}

/** What suits a model of the frames to which a picture is expanded. Any other frame is made as well, of what it makes. */
export interface FormFrame {
	/** Without pixels: those follow from the picture. */
	readonly ratios: readonly FormSize[];
	/** In pixels: what is added is best a multiple of it. */
	readonly step: number;
}

/** What a person can choose, of one model. Whatever it is, the model takes it. */
export interface Form {
	/** Empty: there is nothing to choose, unless `anySize`. */
	readonly sizes: readonly FormSize[];
	/** Other sizes can be written as well. */
	readonly anySize: boolean;
	/** Where none is chosen. Absent: the server decides, or the picture that is changed does. */
	readonly defaultSize?: Size;
	/** Unicode characters. Absent: unknown. */
	readonly promptLimit?: number;
	readonly formats: readonly RequestableFormat[];
	/** How many pictures may go out beside a prompt, in all. */
	readonly mostReferences: number;
	/** Those for this job, without the count and without what Limn says by itself. */
	readonly controls: readonly Control[];
	/** Of an expansion. */
	readonly frame?: FormFrame;
	/** Nobody knows which controls there are: any option is sent as it is written. */
	readonly isOpen: boolean;
}

/** What a form shows for a job. */
export function formOf(found: Offered, job: Job): Form {
	const { offer, model } = found;
	const controls = controlsOf(found);
	const rule = sizeRuleOf(found);
	const promptLimit = offer.promptLimit ?? model.promptLimit;
	return {
		...sizesOf(rule, job),
		...(job === 'generate' && rule.default && { defaultSize: rule.default }),
		...(promptLimit !== undefined && { promptLimit }),
		// What the model does not make is made here.
		formats: requestableFormats,
		mostReferences: mostReferences(found),
		controls: controls === 'open' ? [] : controls.filter((control) => isChosen(control, taskOf(found, job))),
		...(job === 'expand' && { frame: frameOf(found) }),
		isOpen: controls === 'open',
	};
}

/** What the provider is asked to do for a job, as far as that is settled before the picture is known. */
function taskOf({ offer }: Offered, job: Job): Operation {
	if (job === 'mask' || job === 'markup') return 'edit';
	return wayOf(offer, job) === 'emulated' ? 'edit' : job;
}

/** Parameters that Limn sets by itself. They can be given as options all the same; but a form that asks for them asks for what nobody need know. */
const own: ReadonlySet<string> = new Set([
	...formatOptions,
	'response_format',
	'outputType',
	'deliveryMethod',
	'includeCost',
	'partial_images',
]);

function isChosen({ kind, name, only }: Control, task: Operation): boolean {
	return kind !== 'count' && !own.has(name) && (only?.includes(task) ?? true);
}

/** Those that people ask for, the squarest first. */
const ratios = ['1:1', '3:2', '2:3', '4:3', '3:4', '16:9', '9:16'];

/** What is put together from its source has the size that follows from it. */
function sizesOf(rule: SizeRule, job: Job): Pick<Form, 'sizes' | 'anySize'> {
	if (rule.kind === 'none' || job === 'mask' || job === 'expand') return { sizes: [], anySize: false };
	if (rule.kind === 'list') return { sizes: rule.sizes.map(listed), anySize: false };
	return { sizes: ratios.flatMap((text) => chosen(text, rule) ?? []), anySize: true };
}

function listed(size: Size): FormSize {
	return { size: formatSize(size), ratio: size.width / size.height };
}

/** A model that cannot be told a size is no hindrance: what it makes is put together here. */
function frameOf(found: Offered): FormFrame {
	const { offer } = found;
	const rule = sizeRuleOf(found);
	const own = offer.operations.includes('expand') ? outpaintStep(offer) : 1;
	return {
		ratios: ratios.flatMap((text) => frameRatio(text, rule) ?? []),
		step: own > 1 || rule.kind !== 'grid' ? own : rule.step,
	};
}

/** `undefined`: the model does not make this ratio. */
function frameRatio(text: string, rule: SizeRule): FormSize | undefined {
	const wish = parseSizeWish(text);
	if (wish?.kind !== 'ratio' || isImageError(fitSize(wish, rule))) return undefined;
	return { size: text, ratio: wish.ratio.width / wish.ratio.height };
}

/** `undefined`: the model does not make this ratio. */
function chosen(text: string, rule: SizeRule): FormSize | undefined {
	const wish = parseSizeWish(text);
	const fitted = fitSize(wish, rule);
	if (wish?.kind !== 'ratio' || !fitted || isImageError(fitted)) return undefined;
	const { width, height } = wish.ratio;
	const pixels = fitted.kind === 'pixels' ? formatSizeWish(fitted) : undefined;
	return { size: text, ratio: width / height, ...(pixels !== undefined && { pixels }) };
}
