// `npm run attacks`: everything that somebody hostile could try, and how often it worked. Fails unless that is never.
// `-- --only REGEX` runs the attacks of that name and nothing else.
import { parseArgs } from 'node:util';
import type { Attack, Figure } from './figure';
import { apiRedirects } from './apiRedirects';
import { inDocuments } from './documentPayloads';
import { attackAsAgent, attackBySettings } from './editor';
import { falsePictures } from './falsePictures';
import { fileNames } from './fileNames';
import { filesOnDisk } from './filesOnDisk';
import { hostTexts } from './hostTexts';
import { hostileUrls } from './hostileUrls';
import { injection } from './injection';
import { keySinks } from './keySinks';
import { inMessages } from './messages';
import { ownFiles } from './ownFiles';
import { plantedKeys } from './plantedKeys';
import { sentMetadata } from './sentMetadata';

/** One after the other: some measure what the machine does meanwhile. */
const attacks: Readonly<Record<string, Attack>> = {
	hostileUrls,
	apiRedirects,
	fileNames,
	filesOnDisk,
	falsePictures,
	sentMetadata,
	plantedKeys,
	ownFiles,
	injection,
	hostTexts,
	inDocuments,
	inMessages,
	attackAsAgent,
	attackBySettings,
	keySinks,
};

/** Where the scenarios are that no attack here tries. */
const elsewhere: readonly string[] = [
	'S7, S8   replies without end, and bombs: `npm run faults`, group size',
	'S21, S22 links from outside, and what the package is made of: `npm run check:laws`',
];

async function main(): Promise<number> {
	const { values } = parseArgs({ options: { only: { type: 'string' } } });
	const wanted = new RegExp(values.only ?? '');
	const began = Date.now();
	const figures: Figure[] = [];
	for (const [name, attack] of Object.entries(attacks).filter(([name]) => wanted.test(name))) {
		const start = Date.now();
		const seen = await attack();
		for (const figure of seen) show(figure);
		console.log(`${' '.repeat(9)}${name}, ${secondsSince(start)} s\n`);
		figures.push(...seen);
	}
	const attempts = figures.filter(({ isControl }) => !isControl);
	const [tried, worked] = [sumOf(attempts, ({ tried }) => tried), sumOf(attempts, ({ broken }) => broken.length)];
	const failed = figures.filter(({ isControl, broken }) => isControl && broken.length > 0).length;
	const controls = figures.length - attempts.length;
	console.log(
		`${worked} of ${tried} attempts worked, in ${secondsSince(began)} s; ${failed} of ${controls} controls failed`,
	);
	for (const line of elsewhere) console.log(line);
	return worked === 0 && failed === 0 && figures.length > 0 && figures.every(isTelling) ? 0 : 1;
}

/** Something was tried, and it would have worked against a careless program. */
function isTelling({ tried, careless }: Figure): boolean {
	return tried > 0 && (!careless || careless.broken > 0);
}

/** Of what worked so much is shown. */
const mostShown = 5;

function show({ scenario, what, tried, broken, careless, isControl }: Figure): void {
	const beside = careless ? `; the careless way: ${careless.broken} of ${careless.tried}` : '';
	const count = isControl
		? `${broken.length > 0 ? 'fails' : 'control'} ${tried}`.padEnd(19)
		: `${String(broken.length).padStart(6)} of ${String(tried).padEnd(8)} `;
	console.log(`${scenario.padEnd(8)} ${count}${what}${beside}`);
	for (const one of broken.slice(0, mostShown)) console.log(`${' '.repeat(9)}! ${one.slice(0, 500)}`);
}

function secondsSince(start: number): number {
	return Math.round((Date.now() - start) / 1000);
}

function sumOf(figures: readonly Figure[], count: (figure: Figure) => number): number {
	return figures.reduce((sum, figure) => sum + count(figure), 0);
}

main().then(
	(code) => process.exit(code),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
