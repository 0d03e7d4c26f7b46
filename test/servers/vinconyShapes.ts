/** A picture on its way into an answer. */
export interface Answered {
	readonly base64: string;
	/** `image/png`. */
	readonly type: string;
	/** Puts the picture at an address of the emulator, with an extension or without one. */
	readonly publish: (extension: string) => string;
}

/** What stands in the answer because of its pictures: in the message, or beside `choices`. */
export interface Body {
	readonly message?: { readonly content: unknown; readonly images?: readonly unknown[]; readonly refusal?: string };
	readonly beside?: Readonly<Record<string, unknown>>;
}

type Shape = (pictures: readonly Answered[]) => Body;

/** `message.images`. */
function images(one: (picture: Answered) => unknown): Shape {
	return (pictures) => ({ message: { content: 'Here it is.', images: pictures.map(one) } });
}

/** `message.content` as a list of parts. */
function parts(one: (picture: Answered) => unknown): Shape {
	return (pictures) => ({ message: { content: [{ type: 'text', text: 'Here it is.' }, ...pictures.map(one)] } });
}

/** `message.content` as a text. */
function text(one: (picture: Answered) => string): Shape {
	return (pictures) => ({ message: { content: pictures.map(one).join('\n') } });
}

/** A field of its own, beside a message that says nothing. */
function beside(name: string, one: (picture: Answered) => unknown): Shape {
	return (pictures) => ({ message: { content: null }, beside: { [name]: pictures.map(one) } });
}

function dataUrl({ type, base64 }: Answered): string {
	return `data:${type};base64,${base64}`;
}

const shapes = {
	'images-url-object': images((picture) => ({ type: 'image_url', image_url: { url: dataUrl(picture) } })),
	'images-url-text': images((picture) => ({ type: 'image_url', image_url: dataUrl(picture) })),
	'images-address-object': images(({ publish }) => ({ type: 'image_url', image_url: { url: publish('.png') } })),
	'images-address': images(({ publish }) => ({ url: publish('') })),
	'images-base64': images(({ base64, type }) => ({ b64_json: base64, media_type: type })),
	'images-base64-mime': images(({ base64, type }) => ({ b64_json: base64, mime_type: type })),
	'images-base64-bare': images(({ base64 }) => ({ b64_json: base64 })),
	'images-text': images(dataUrl),
	'parts-url-object': parts((picture) => ({ type: 'image_url', image_url: { url: dataUrl(picture) } })),
	'parts-url-text': parts((picture) => ({ type: 'image_url', image_url: dataUrl(picture) })),
	'parts-output-image': parts((picture) => ({ type: 'output_image', image_url: dataUrl(picture) })),
	'parts-image-address': parts(({ publish }) => ({ type: 'image', url: publish('.png') })),
	'parts-image-base64': parts(({ base64 }) => ({ type: 'image', b64_json: base64 })),
	'parts-image-data': parts(({ base64, type }) => ({ type: 'image', data: base64, media_type: type })),
	'parts-image-source': parts(({ base64, type }) => ({
		type: 'image',
		source: { type: 'base64', media_type: type, data: base64 },
	})),
	'parts-inline-camel': parts(({ base64, type }) => ({ inlineData: { mimeType: type, data: base64 } })),
	'parts-inline-snake': parts(({ base64, type }) => ({ inline_data: { mime_type: type, data: base64 } })),
	'parts-text': parts((picture) => ({ type: 'text', text: `![picture](${dataUrl(picture)})` })),
	'text-markdown-address': text(({ publish }) => `Here it is:\n\n![a picture (1)](${publish('.png')})\n\nEnjoy.`),
	'text-markdown-data': text((picture) => `![picture](${dataUrl(picture)})`),
	'text-data': text((picture) => `Here it is: ${dataUrl(picture)}`),
	'text-address-extension': text(({ publish }) => `See ${publish('.png')}, or ask again. More: http://127.0.0.1/docs`),
	'text-address-only': text(({ publish }) => `Your picture is ready: ${publish('')}`),
	'text-json': text(({ base64 }) => JSON.stringify({ data: [{ b64_json: base64 }] })),
	'text-base64': text(({ base64 }) => base64),
	'data-address': beside('data', ({ publish }) => ({ url: publish('') })),
	'data-base64': beside('data', ({ base64 }) => ({ b64_json: base64 })),
	'top-images': beside('images', (picture) => ({ type: 'image_url', image_url: { url: dataUrl(picture) } })),
	'top-images-address': beside('images', ({ publish }) => ({ url: publish('') })),
	'output-call': beside('output', ({ base64 }) => ({
		type: 'image_generation_call',
		status: 'completed',
		result: base64,
	})),
} as const satisfies Readonly<Record<string, Shape>>;

export type VinconyShape = keyof typeof shapes;

/** Every way in which a chat is known to answer with pictures (OpenAI-compatible reference, union of shapes). */
export const vinconyShapes = Object.keys(shapes).filter(isShape);

function isShape(name: string): name is VinconyShape {
	return Object.hasOwn(shapes, name);
}

/** Those that can come in pieces: text, and the images of a message. */
export const vinconyStreamedShapes = vinconyShapes.filter((name) => /^(?:images|text)-/.test(name));

export function shaped(name: VinconyShape, pictures: readonly Answered[]): Body {
	return shapes[name](pictures);
}
