import * as z from 'zod';
import { invalid, Refusal } from './answer';
import type { OpenAIModel } from './openaiModels';
import { inWords } from './openaiParameters';
import { type DecodedFile, decodePicture } from './pictureFiles';
import { type Area, clearArea, markedArea } from './pictures';
import { type Received, type Upload, uploads } from './request';

/** What is to be edited, and where. */
export interface Uploaded {
	readonly source: DecodedFile;
	readonly area: Area | undefined;
	readonly count: number;
}

interface Given {
	readonly images: readonly Upload[];
	/** What an image is called in a refusal. */
	readonly nameOf: (index: number) => string;
	readonly mask: Upload | undefined;
	readonly markup: Upload | undefined;
}

const megabyte = 1_048_576;

/** The names of the fields that hold files. */
export const fileFields = ['image', 'image[]', 'images', 'mask', 'markup'];

/** The files of an edit (of a variation: the whole picture), where OpenAI's reference (parameters; contract for emulators) takes them. */
export async function readUploads(request: Received, model: OpenAIModel, isWhole = false): Promise<Uploaded> {
	const given = request.form ? fromForm(request, request.form) : fromJson(request, model);
	const { images, nameOf, mask, markup } = given;
	if (images.length === 0) throw invalid("Missing required parameter: 'image'.", 'missing_required_parameter', 'image');
	checkCount(images.length, model);
	const decoded = await Promise.all(images.map(async (image, index) => readImage(image, nameOf(index), model)));
	const [source] = decoded;
	if (!source) throw invalid('No image.', 'invalid_image_file', 'image');
	const area = isWhole ? undefined : await areaOf(source, mask, markup, model);
	return { source, area, count: images.length };
}

function checkCount(count: number, model: OpenAIModel): void {
	const most = model.family === 'gpt' ? 16 : 1;
	if (count <= most) return;
	const sentence = `Invalid 'image': array too long. Expected an array with maximum length ${most}, but got an array with length ${count} instead.`;
	throw invalid(sentence, 'array_above_max_length', 'image');
}

function fromForm({ fields }: Received, form: NonNullable<Received['form']>): Given {
	const single = typeof fields['image'] === 'object' && form['image[]'] === undefined && form['image']?.length === 1;
	return {
		images: uploads(form, 'image'),
		nameOf: (index) => (single ? 'image' : `image[${index}]`),
		mask: uploads(form, 'mask')[0],
		markup: uploads(form, 'markup')[0],
	};
}

const reference = z.union([
	z.strictObject({ image_url: z.string(), file_id: z.undefined().optional() }),
	z.strictObject({ file_id: z.string(), image_url: z.undefined().optional() }),
]);
const references = z.object({
	images: z.array(reference).min(1),
	mask: reference.optional(),
	markup: reference.optional(),
});

/** Edits in JSON: GPT models alone, and no address beyond this machine is followed. */
function fromJson({ fields }: Received, model: OpenAIModel): Given {
	if (model.family !== 'gpt')
		throw invalid("Unsupported content type: 'application/json'.", 'unsupported_content_type');
	const parsed = references.safeParse(fields);
	if (!parsed.success) throw invalid("Missing required parameter: 'images'.", 'missing_required_parameter', 'images');
	const { images, mask, markup } = parsed.data;
	return {
		images: images.map((image, index) => fromReference(image, `images[${index}]`)),
		nameOf: (index) => `images[${index}]`,
		mask: mask && fromReference(mask, 'mask'),
		markup: markup && fromReference(markup, 'markup'),
	};
}

function fromReference({ image_url: url, file_id: id }: z.infer<typeof reference>, param: string): Upload {
	if (id !== undefined) throw invalid(`No such file: '${id}'.`, 'image_file_not_found', param);
	const [, type, base64] = /^data:([\w/+.-]+);base64,([\w+/=]*)$/.exec(url ?? '') ?? [];
	if (type === undefined || base64 === undefined) {
		throw invalid(`Failed to download image from ${url ?? ''}.`, 'failed_to_download_image', param);
	}
	return { fileName: param, type, bytes: Buffer.from(base64, 'base64') };
}

async function readImage(image: Upload, name: string, model: OpenAIModel): Promise<DecodedFile> {
	const types = ['image/jpeg', 'image/png', 'image/webp'];
	if (!types.includes(image.type)) {
		const type = image.type === '' ? 'application/octet-stream' : image.type;
		const sentence = `Invalid file '${name}': unsupported mimetype ('${type}'). Supported file formats are ${inWords(types)}.`;
		throw invalid(sentence, 'unsupported_file_mimetype', name);
	}
	if (image.bytes.length === 0) throw invalid(`Invalid file '${name}': empty file.`, 'empty_image_file', name);
	const decoded = await decodePicture(image.bytes);
	if (model.family !== 'gpt') return forDallE(image, decoded, name);
	if (image.bytes.length >= 50 * megabyte) throw invalid('The image is too large.', 'image_file_too_large', name);
	if (!decoded) {
		throw invalid('Invalid image file or mode for image, please check your image file.', 'invalid_image_file', name);
	}
	return decoded;
}

/** dall-e-2 took one square PNG of less than 4 MB. */
function forDallE(image: Upload, decoded: DecodedFile | undefined, name: string): DecodedFile {
	if (decoded?.format !== 'png' || image.bytes.length >= 4 * megabyte) {
		throw invalid('Uploaded image must be a PNG and less than 4 MB.', null, name);
	}
	if (decoded.pixels.width !== decoded.pixels.height) throw invalid('Uploaded image must be square.', null, name);
	return decoded;
}

async function areaOf(
	source: DecodedFile,
	mask: Upload | undefined,
	markup: Upload | undefined,
	model: OpenAIModel,
): Promise<Area | undefined> {
	if (markup && !model.takesMarkup) throw invalid("Unknown parameter: 'markup'.", 'unknown_parameter', 'markup');
	if (mask && markup) throw invalid("'markup' cannot be combined with 'mask'.", 'invalid_value', 'markup');
	if (mask) return clearArea((await readOverlay(mask, source, 'mask')).pixels);
	if (markup) return marked(await readOverlay(markup, source, 'markup'));
	if (model.family === 'gpt') return undefined;
	if (!source.hasAlpha) {
		throw invalid("Invalid input image - format must be in ['RGBA', 'LA', 'L'], got RGB.", null, 'image');
	}
	return clearArea(source.pixels);
}

/** A PNG with alpha, as large as the first image. What its part claims to be is not asked. */
async function readOverlay(file: Upload, source: DecodedFile, name: 'mask' | 'markup'): Promise<DecodedFile> {
	const say = (what: string) =>
		new Refusal({
			status: 400,
			message: `Invalid ${name} image format - ${what}`,
			type: 'image_generation_user_error',
			code: `invalid_${name}_image_format`,
			param: name,
		});
	const decoded = await decodePicture(file.bytes);
	if (decoded?.format !== 'png') throw say(`${name} must be a PNG`);
	if (!decoded.hasAlpha) throw say(`${name} image missing alpha channel`);
	const { width, height } = source.pixels;
	if (decoded.pixels.width !== width || decoded.pixels.height !== height) {
		throw say(`${name} size does not match image size`);
	}
	return decoded;
}

function marked({ pixels }: DecodedFile): Area {
	const area = markedArea(pixels);
	if (!area.marked.includes(0)) {
		throw invalid(
			'Invalid markup image format - markup has no transparent pixels',
			'invalid_markup_image_format',
			'markup',
		);
	}
	return area;
}
