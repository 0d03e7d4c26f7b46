import { l10n, type LogOutputChannel, ProgressLocation, type Uri, window, workspace } from 'vscode';
import { describePlan } from '../catalogue/describePlan';
import { altOfDescription } from '../documents/altText';
import { type ImageError, isImageError, unsent } from '../domain/imageError';
import { say } from '../domain/message';
import type { PainterThread } from '../generation/painterThread';
import type { InputImage } from '../providers/provider';
import type { Agreements } from './agreements';
import { begin } from './change';
import type { Begun } from '../generation/beginChange';
import { askPerson, declined, hostOf } from './consent';
import type { VisionModel, VisionModels } from './visionModel';

interface Parts {
	readonly models: VisionModels;
	readonly agreements: Agreements;
	readonly painter: PainterThread;
	readonly log: LogOutputChannel;
}

/** Has pictures described, in words fit for alt text. */
export class ImageDescriber {
	constructor(readonly parts: Parts) {}

	/**
	 * The alt text that a model proposes. What goes out is the picture without EXIF, GPS and XMP, and no larger than need be. `byHand`:
	 * a person looks on, and may be asked who describes it. `undefined`: the person left.
	 */
	async propose(image: Uri, byHand: boolean): Promise<string | ImageError | undefined> {
		const { models, painter } = this.parts;
		const begun = await begin({ operation: 'vary', image, strength: 'medium' }, painter);
		if (isImageError(begun)) return begun;
		const model = await models.choose(byHand);
		if (!model || isImageError(model)) return model;
		if (!(await this.#mayShow(image, model))) return byHand ? undefined : unsent('cancelled', declined);
		const answer = byHand
			? await withProgress(async (signal) => this.#ask(model, begun, signal))
			: await this.#ask(model, begun, new AbortController().signal);
		// Whoever chose one that fails had better choose again.
		if (isImageError(answer)) models.forget();
		return answer;
	}

	/** Where Limn sends it, the person has agreed to that once. */
	async #mayShow(image: Uri, { id, endpoint }: VisionModel): Promise<boolean> {
		const { agreements } = this.parts;
		if (!endpoint || agreements.covers(endpoint)) return true;
		const files = [workspace.asRelativePath(image)];
		const sending = { model: id, n: 1, host: hostOf(endpoint.base), prompt: '', options: {}, files };
		return agreements.inTurn(async () => {
			if (agreements.covers(endpoint)) return true;
			const isAgreed = await askPerson(sending, { isFirst: true, isDear: false, secrets: [] });
			if (isAgreed) await agreements.add(endpoint);
			return isAgreed;
		});
	}

	async #ask(model: VisionModel, begun: Begun, signal: AbortSignal): Promise<string | ImageError> {
		const { log } = this.parts;
		const started = performance.now();
		const small = await this.#small(begun, signal);
		const words = isImageError(small) ? small : await model.describe(small, signal);
		const outcome = isImageError(words) ? words.code : `${words.length} characters`;
		log.info(`describe ${model.id}: ${outcome}, ${Math.round(performance.now() - started)} ms`);
		return isImageError(words) ? words : altOfDescription(words);
	}

	/** The picture as it goes out. */
	async #small({ original, alteration }: Begun, signal: AbortSignal): Promise<InputImage | ImageError> {
		try {
			const order = { original, plan: describePlan(alteration.source), strength: 'medium' } as const;
			const task = await this.parts.painter.ask({ craft: 'prepare', order }, signal);
			if ('problem' in task) return unsent('bad-input', task.problem);
			if (task.operation !== 'vary') throw new Error('Something else was made ready.');
			return task.image;
		} catch (fault) {
			if (signal.aborted) return unsent('cancelled');
			this.parts.log.error(fault instanceof Error ? fault : String(fault));
			return unsent('bad-input', say('The picture could not be made ready to send. The log has more.'));
		}
	}
}

async function withProgress<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
	const location = ProgressLocation.Notification;
	const title = l10n.t('Describing the picture');
	return window.withProgress({ location, title, cancellable: true }, async (_, cancel) => {
		const controller = new AbortController();
		cancel.onCancellationRequested(() => controller.abort());
		return work(controller.signal);
	});
}
