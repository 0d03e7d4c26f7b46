import { recommendedModel } from '../catalogue/catalogue';
import { check, type Plan } from '../catalogue/check';
import type { Terms } from '../catalogue/lifecycle';
import { models } from '../catalogue/models';
import { offers } from '../catalogue/offers';
import { findProvider, sketchProvider } from '../catalogue/providers';
import { slug } from '../documents/fileName';
import { type ImageError, isImageError } from '../domain/imageError';
import type { ImageRequest } from '../domain/imageRequest';
import { type Begun, beginChange } from '../generation/beginChange';
import { dateAndTime } from '../generation/localTime';
import type { PainterThread } from '../generation/painterThread';
import type { Endpoint } from '../network/encode';
import type { SavePlan } from '../store/savePicture';
import { endpointOf, type Environment, withKey } from './environment';
import type { Order } from './order';
import { ownPicture } from './ownPictures';
import { nameIn, type Root } from './paths';

/** Everything that running an order takes. */
export interface Prepared {
	/** With the model that `auto` stood for. */
	readonly order: Order;
	readonly plan: Plan;
	/** `undefined`: pictures are made of words alone. */
	readonly begun: Begun | undefined;
	/** `undefined`: the provider is built in. An error: it cannot be asked. */
	readonly endpoint: Endpoint | ImageError | undefined;
	readonly save: SavePlan;
	readonly began: Date;
}

/** What is known of the world before anything is sent. */
export interface Surroundings {
	readonly root: Root;
	readonly environment: Environment;
	/** Globs of files that are never sent. */
	readonly ignore: readonly string[];
	readonly painter: PainterThread;
}

/** What is sold, and by whom. */
export const catalogue = { models, offers };

/** Reads the picture that is changed, with its mask. */
export async function beginOrder(
	{ change }: Order,
	{ root, ignore, painter }: Surroundings,
): Promise<Begun | ImageError | undefined> {
	if (!change) return undefined;
	const image = await ownPicture(change.image, root, ignore);
	if (isImageError(image)) return image;
	const mask = typeof change.mask === 'string' ? await ownPicture(change.mask, root, ignore) : change.mask;
	return isImageError(mask) ? mask : beginChange({ operation: 'edit', image, mask }, painter);
}

/** Judges an order: sends nothing, and asks nobody. Every reason why it cannot be run, else all that running it takes. */
export function prepare(
	order: Order,
	begun: Begun | undefined,
	{ root, environment }: Surroundings,
	began: Date,
	allowRetired: Terms['allowRetired'] = [],
): Prepared | readonly ImageError[] {
	const request = requestOf(order, begun, environment);
	const plan = check(request, catalogue, { today: dateAndTime(began).date, allowRetired });
	if (!('calls' in plan)) return plan;
	const provider = findProvider(plan.offer.provider);
	return {
		order: { ...order, model: request.model },
		plan,
		begun,
		endpoint: provider?.baseUrl === undefined ? undefined : endpointOf(provider, environment),
		save: savePlanOf(order, plan, root, began),
		began,
	};
}

function requestOf(order: Order, begun: Begun | undefined, environment: Environment): ImageRequest {
	const { prompt, size, n, options, format } = order;
	const auto = () => recommendedModel(catalogue, withKey(environment), sketchProvider) ?? order.model;
	return {
		operation: begun ? begun.alteration.operation : 'generate',
		prompt,
		model: order.model === 'auto' ? auto() : order.model,
		...(size && { size }),
		n,
		options,
		format,
		...(begun && { alteration: begun.alteration }),
	};
}

function savePlanOf(order: Order, { offer }: Plan, root: Root, began: Date): SavePlan {
	return {
		templates: { folder: order.folder, fileName: order.fileName },
		facts: { slug: slug(order.prompt), ...dateAndTime(began), model: offer.name, provider: offer.provider },
		place: { base: root.path, documentFolder: order.beside, documentBaseName: '', roots: [root.path] },
		describe: (path) => nameIn(root, path),
	};
}
