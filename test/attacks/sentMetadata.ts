import { randomUUID } from 'node:crypto';
import { nameOf, type Offered, offered } from '../../src/catalogue/catalogue';
import { check } from '../../src/catalogue/check';
import { describePlan } from '../../src/catalogue/describePlan';
import { jobOf, wayOf } from '../../src/catalogue/job';
import { models } from '../../src/catalogue/models';
import { offers } from '../../src/catalogue/offers';
import { mostBesides } from '../../src/catalogue/references';
import type { Alteration } from '../../src/domain/imageRequest';
import { marginsForRatio } from '../../src/domain/margins';
import { english } from '../../src/domain/message';
import { caption } from '../../src/generation/caption';
import { prepare } from '../../src/generation/alterPictures';
import { createNetwork, type Network } from '../../src/network/network';
import { sniff } from '../../src/image/sniff';
import type { HttpRequest } from '../../src/providers/provider';
import { startCustom } from '../servers/custom';
import type { Emulator } from '../servers/emulator';
import { limnBy } from '../servers/limn';
import { startLumenfall } from '../servers/lumenfall';
import { startOpenAI } from '../servers/openai';
import { startReplicate } from '../servers/replicate';
import type { Received } from '../servers/request';
import { runwareKey, startRunware } from '../servers/runware';
import { startVincony } from '../servers/vincony';
import { requestOf, terms } from '../unit/builders';
import { waves } from '../unit/generation/alterParts';
import { codecs } from '../unit/image/nodeCodecs';
import { type Attack, Tally } from './figure';
import { marked, saidIn } from './markedPictures';

/** Point 4 of S17: whatever a picture tells besides itself stays here, whoever is asked for whatever. */
export const sentMetadata: Attack = async () => {
	const files = await marked(waves(size));
	const tally = new Tally('S17', 'pictures that were sent say who made them, where, or with what');
	const network = createNetwork({
		settings: () => ({ transport: 'direct', timeoutMs: 20_000 }),
		loadDirect: async () => import('../../src/network/direct'),
		log: () => undefined,
		version: '0',
	});
	try {
		for (const found of oneOfEachKind()) {
			for (const [job, alteration] of Object.entries(jobsOf(found))) {
				for (const [format, bytes] of files) {
					const sent = await sentBy(nameOf(found.offer), alteration, bytes, [...files.values()], network);
					const name = `${nameOf(found.offer)}: ${job} of a ${format}`;
					if (sent.length === 0) tally.note(`${name}: nothing was sent`);
					for (const one of sent) tally.note(said(one, name));
				}
			}
		}
		for (const [format, bytes] of files)
			for (const one of await described(bytes, network)) tally.note(said(one, `a ${format}, described`));
	} finally {
		await network.dispose();
	}
	// Whoever sends the file sends all of it.
	for (const bytes of files.values()) tally.noteCareless(saidIn(bytes).length > 0);
	return [tally.figure];
};

const size = { width: 320, height: 240 };

const starts: Readonly<Record<string, () => Promise<Emulator>>> = {
	openai: async () => startOpenAI({ legacy: true }),
	runware: async () => startRunware({ legacy: true }),
	lumenfall: async () => startLumenfall({}),
	vincony: async () => startVincony({ legacy: true }),
	replicate: async () => startReplicate({ legacy: true }),
	custom: async () => startCustom('sd-cpp', {}),
};

/** What this vendor cannot do through Limn, though it is offered. */
const unserved = new Set(['replicate/openai/gpt-image-1']);

/** Of offers that are asked alike one is enough. */
function oneOfEachKind(): Offered[] {
	const kinds = new Map<string, Offered>();
	for (const found of offered({ models, offers })) {
		const { provider, operations, masks, sameSize, images, runware } = found.offer;
		const kind = JSON.stringify([provider, operations, masks, sameSize, images, runware]);
		if (provider in starts && !kinds.has(kind) && !unserved.has(nameOf(found.offer))) kinds.set(kind, found);
	}
	return [...kinds.values()];
}

/** With as many other pictures as the model takes, up to one of each format. */
function jobsOf(found: Offered): Readonly<Record<string, Alteration>> {
	const selected = { x: 80, y: 60, width: 120, height: 100 };
	const references = Math.min(3, mostBesides(found, 'edit'));
	const jobs: Readonly<Record<string, Alteration>> = {
		edit: { operation: 'edit', source: size },
		mask: { operation: 'edit', source: size, selected },
		references: { operation: 'edit', source: size, references },
		expand: { operation: 'expand', source: size, margins: marginsForRatio(size, { width: 16, height: 9 }) },
		vary: { operation: 'vary', source: size, strength: 'medium' },
	};
	const isOffered = ([name, alteration]: readonly [string, Alteration]) =>
		(name !== 'references' || references > 0) &&
		wayOf(found.offer, jobOf({ operation: alteration.operation, alteration }));
	return Object.fromEntries(Object.entries(jobs).filter(isOffered));
}

/** The pictures that the server got. */
async function sentBy(
	name: string,
	alteration: Alteration,
	bytes: Uint8Array,
	others: readonly Uint8Array[],
	network: Network,
): Promise<Uint8Array[]> {
	const request = requestOf({ model: name, operation: alteration.operation, alteration, prompt: 'a green door' });
	const plan = check(request, { models, offers }, { ...terms, allowRetired: [name] });
	if (!('calls' in plan) || !plan.alter) throw new Error(`${name} cannot do this.`);
	const { alter, size: sized, ...planned } = plan;
	const isMasked = alteration.operation === 'edit' && alteration.selected;
	const count = alteration.operation === 'edit' ? (alteration.references ?? 0) : 0;
	const original = {
		bytes,
		...(isMasked && { selection: { rects: [isMasked] } }),
		...(count > 0 && { references: others.slice(0, count) }),
	};
	const task = await prepare({ original, plan: alter, strength: 'medium' }, codecs);
	if ('problem' in task) throw new Error(`${name}: ${english(task.problem)}`);
	const call = { ...planned, ...(sized && { size: sized }), id: randomUUID(), task, n: 1, before: 0, watched: false };
	return heardBy(name.slice(0, name.indexOf('/')), async (emulator) => limnBy(network).make(emulator, call));
}

/** A description is asked of Runware as the host asks for it (host/describeImage.ts). */
async function described(bytes: Uint8Array, network: Network): Promise<Uint8Array[]> {
	const task = await prepare({ original: { bytes }, plan: describePlan(size), strength: 'medium' }, codecs);
	if (!('operation' in task) || task.operation !== 'vary') throw new Error('Something else was made ready.');
	return heardBy('runware', async ({ baseUrl }) => {
		const endpoint = { provider: 'runware', base: new URL(baseUrl), key: runwareKey };
		const send = async (request: HttpRequest) => network.exchange(request, endpoint, new AbortController().signal);
		await caption(task.image, send, randomUUID());
	});
}

async function heardBy(provider: string, work: (emulator: Emulator) => Promise<unknown>): Promise<Uint8Array[]> {
	const start = starts[provider];
	if (!start) throw new Error(`There is no ${provider}.`);
	const emulator = await start();
	try {
		await work(emulator);
		return emulator.requests.flatMap(picturesIn);
	} finally {
		await emulator.close();
	}
}

function picturesIn({ form, json }: Received): Uint8Array[] {
	const files = Object.values(form ?? {})
		.flat()
		.flatMap((part) => (typeof part === 'string' ? [] : [part.bytes]));
	return [...files, ...base64In(json)].filter((bytes) => sniff(bytes) !== undefined);
}

/** Every text of a value that could be a file. */
function base64In(value: unknown): Uint8Array[] {
	if (typeof value === 'string')
		return value.length > 100 ? [Buffer.from(value.slice(value.indexOf(',') + 1), 'base64')] : [];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(base64In) : [];
}

function said(sent: Uint8Array, name: string): string | undefined {
	const words = saidIn(sent);
	return words.length > 0 ? `${name}: ${words.join(', ')}` : undefined;
}
