import { asText } from '../../domain/plainText';
import { type Checked, checkImages, type Finding } from '../checkImages';
import { type Command, exitCodes, type Program } from '../command';
import { type Given, Misuse } from '../flags';
import { nameIn, type Root } from '../paths';
import { nameOf } from '../telling';
import { jsonFlag, rootFlag } from '../usualFlags';
import { rootFor } from '../workshop';

const choices = ['missing', 'stale', 'all'];

/** `limn check`: what is wrong with the pictures of documents. */
export const check: Command = {
	takes: '[FILE or FOLDER …]',
	about: 'Finds pictures that are missing, stale, not there, or without alternative text.',
	flags: {
		only: { value: 'KIND', about: 'missing, stale or all (default: all).' },
		...rootFlag,
		...jsonFlag,
	},
	notes: [
		'Needs no key and no network, and changes nothing. What .gitignore and files.exclude pass over is passed over.',
		'Exits with 1 where something is found.',
	],
	run: async (given, program) => {
		const only = given.text('only') ?? 'all';
		if (!choices.includes(only)) throw new Misuse(`--only must be one of ${choices.join(', ')}.`);
		const root = await rootFor(given, program);
		const checked = await checkImages(root, given.words, program.signal);
		const [unknown] = checked.unknown;
		if (unknown !== undefined)
			throw new Misuse(`There is no ${asText(unknown)} in this folder. Name files or folders inside.`);
		const findings = checked.findings.filter(({ kind }) => only === 'all' || kind === only);
		tell({ ...checked, findings }, given, program, root);
		return findings.length > 0 ? exitCodes.failed : exitCodes.done;
	},
};

function tell({ findings, documents, tooLarge }: Checked, given: Given, { out, err }: Program, root: Root): void {
	for (const file of tooLarge) err(`${asText(nameIn(root, file))} is too large and was not looked into.`);
	if (given.has('json')) {
		out(JSON.stringify({ findings }));
		return;
	}
	for (const finding of findings) out(findingLine(finding, root));
	const looked = documents === 1 ? '1 document with pictures' : `${documents} documents with pictures`;
	err(`${looked}, ${findings.length === 1 ? '1 finding' : `${findings.length} findings`}.`);
}

/** As compilers say it: people count lines from one. */
export function findingLine({ uri, line, cell, kind, message }: Finding, root: Root): string {
	const place = cell === undefined ? `${line + 1}` : `cell ${cell + 1}:${line + 1}`;
	return `${asText(nameOf(uri, root))}:${place}: ${kind}: ${message}`;
}
