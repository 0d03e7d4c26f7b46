import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as z from 'zod';
import { listRequest, sightingsOf } from '../../src/providers/openai-images/modelList';
import { keysIn } from '../faults/evidence';
import { sinks } from '../faults/sinks';
import { endpointOf, endRigs, endServers, key, never, rigOf, serve } from '../unit/network/servers';
import { type Attack, type Figure, Tally } from './figure';

const cellsSchema = z.array(
	z.object({ cell: z.string(), keys: z.record(z.string(), z.array(z.string())), keyWasSent: z.boolean() }),
);

type Cells = z.infer<typeof cellsSchema>;

/** S15: every provider × every fault (`npm run faults`), and wherever a key could come to stand afterwards. */
export const keySinks: Attack = async () => {
	const cells = await run();
	const figures = sinks.map((sink) => {
		const tally = new Tally('S15', `cells of the fault matrix after which a key stands in: ${sink}`);
		for (const { cell, keys } of cells) {
			const forms = keys[sink];
			if (forms) tally.note(forms.length > 0 ? `${cell}: ${forms.join(', ')}` : undefined);
		}
		return tally.figure;
	});
	return [...figures, control(cells), await echoes()];
};

const fewest = 1000;

/** That the matrix ran, and that there was a key to be seen. */
function control(cells: Cells): Figure {
	const sent = cells.filter(({ keyWasSent }) => keyWasSent).length;
	const what = `cells of the fault matrix ran; in ${sent} a server was sent the key. Too few of them are a fault here`;
	const broken = sent < fewest ? [`${sent} only`] : [];
	return { scenario: 'S15', what, tried: cells.length, broken, isControl: true };
}

/** Beside the matrix: a server says the key in what Limn keeps of its models from one session to the next. */
async function echoes(): Promise<Figure> {
	const tally = new Tally('S15', 'model lists that say the key bring it into the global state');
	const server = await serve((response, request) => {
		const said = (request.headers.authorization ?? '').replace('Bearer ', '');
		const ids = [said, `image-${said}-1`, Buffer.from(said).toString('base64'), encodeURIComponent(said)];
		response.end(JSON.stringify({ data: ids.map((id) => ({ id, name: `image ${id}`, shutdown_date: id })) }));
	});
	try {
		for (const provider of ['openai', 'lumenfall', 'vincony', 'custom']) {
			const reply = await rigOf('direct').network.exchange(listRequest, endpointOf(server, { provider }), never);
			const kept = 'lost' in reply ? reply.lost : JSON.stringify(sightingsOf(reply, provider, true));
			const forms = keysIn([kept], key);
			tally.note(
				kept.includes('image') && forms.length === 0 ? undefined : `${provider}: ${forms.join(', ')} in ${kept}`,
			);
			const plain = await fetch(server.base, { headers: { authorization: `Bearer ${key}` } });
			tally.noteCareless(keysIn([await plain.text()], key).length > 0);
		}
	} finally {
		await endRigs();
		endServers();
	}
	return tally.figure;
}

/** The matrix without its mutated replies, as a process of its own: it kills children, and measures memory. */
async function run(): Promise<Cells> {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'limn-attack-'));
	try {
		const json = path.join(folder, 'cells.json');
		const matrix = [path.join(__dirname, 'faults.js'), '--only', '', '--json', json];
		const child = spawn(process.execPath, matrix, { stdio: 'ignore' });
		await new Promise((resolve) => child.once('close', resolve));
		return cellsSchema.parse(JSON.parse(await readFile(json, 'utf8')));
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
