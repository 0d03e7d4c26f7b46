import { isImageError } from '../../src/domain/imageError';
import { extensionOf, type ImageFormat } from '../../src/domain/imageFormat';
import { thumbnail } from '../../src/generation/thumbnail';
import { savePicture } from '../../src/store/savePicture';
import { limnBy } from '../servers/limn';
import { codecs } from '../unit/image/nodeCodecs';
import { endRigs, endServers, rigOf, serve } from '../unit/network/servers';
import { callFor } from '../unit/providers/calls';
import { MemoryFiles } from '../unit/store/memoryFiles';
import { type Attack, Tally } from './figure';
import { type Claim, corpus } from './pictureCorpus';
import { savePlan, savePorts } from './savePorts';

/** S9, S10: what comes for a picture, within the reply and by address, is none, or another, or too large to be looked at. */
export const falsePictures: Attack = async () => {
	const named = new Tally('S10', 'files are saved under another format’s extension');
	const strange = new Tally('S10', 'files that are no pictures are saved');
	const large = new Tally('S9', 'pictures of too many pixels are saved or decoded');
	try {
		for (const claim of await corpus()) {
			for (const way of ['inline', 'by address'] as const) {
				const saved = await received(claim, way);
				const what = saved && `${claim.name}, ${claim.type}, ${way}: ${saved}`;
				if (claim.isHuge) large.note(what);
				else if (claim.format) named.note(isNamed(saved, claim.format) ? undefined : (what ?? `${claim.name}: lost`));
				else strange.note(what);
			}
			if (claim.isHuge) large.note(await decoded(claim));
			if (claim.isHuge) continue;
			// By what the server says.
			const careless = /^image\/(png|jpeg|gif|webp|avif)$/.exec(claim.type)?.[1];
			(claim.format ? named : strange).noteCareless(careless !== claim.format);
		}
	} finally {
		await endRigs();
		endServers();
	}
	return [strange.figure, named.figure, large.figure];
};

function isNamed(saved: string | undefined, format: ImageFormat): boolean {
	return saved?.endsWith(`.${extensionOf(format)}`) === true;
}

/** The name under which it is saved, by the whole way from the reply to the disk. */
async function received({ bytes, type }: Claim, way: 'inline' | 'by address'): Promise<string | undefined> {
	const inline = { b64_json: Buffer.from(bytes).toString('base64') };
	const { base } = await serve((response, request) => {
		if (request.method === 'GET') response.writeHead(200, { 'content-type': type }).end(bytes);
		else response.end(JSON.stringify({ data: [way === 'inline' ? inline : { url: '/files/fox.svg' }] }));
	});
	const { network } = rigOf('direct');
	const { images } = await limnBy(network).make({ baseUrl: base.href }, callFor('custom/sd-cpp-local'));
	await endRigs();
	endServers();
	const ports = savePorts(new MemoryFiles());
	const saved = await Promise.all(images.map(async (image) => savePicture(image, 1, plan, ports)));
	return saved.flatMap((each) => (isImageError(each) ? [] : [each.uri]))[0];
}

const plan = savePlan('/ws', { folder: 'images', fileName: 'fox.html' }, { slug: 'fox' });

/** As the gallery would show one that lies in the workspace already. */
async function decoded({ name, bytes }: Claim): Promise<string | undefined> {
	const before = process.memoryUsage().rss;
	const made = await thumbnail({ bytes, longest: 160 }, codecs);
	const grown = Math.round((process.memoryUsage().rss - before) / 2 ** 20);
	return 'problem' in made && grown < 200 ? undefined : `${name}: +${grown} MB`;
}
