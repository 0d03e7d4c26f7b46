import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { startProgram } from '../../../editor/processes';
import { findOnPath } from '../../../editor/programs';

/** What docutils sees in a document, in order. */
const seen = z.object({
	/** `alt` is `null` where nothing is said. */
	images: z.array(z.object({ uri: z.string(), alt: z.nullable(z.string()), width: z.nullable(z.string()) })),
	/** Without the marks. */
	comments: z.array(z.string()),
	/** What it complains of, from warnings on. */
	messages: z.array(z.string()),
});

/** Documents as JSON in, what is in them as JSON out. They are parsed only: a substitution stands where it is defined. */
const script = `
import json, sys
from docutils import frontend, nodes, utils
from docutils.parsers.rst import Parser

parser = Parser()
settings = frontend.get_default_settings(Parser)
settings.report_level = 5
settings.halt_level = 5
settings.file_insertion_enabled = False
found = []
for text in json.load(sys.stdin):
    document = utils.new_document('document', settings)
    messages = []
    document.reporter.attach_observer(lambda message: messages.append(message.astext()) if message['level'] > 1 else None)
    parser.parse(text, document)
    images = [{'uri': n['uri'], 'alt': n.get('alt'), 'width': n.get('width')} for n in document.findall(nodes.image)]
    comments = [n.astext() for n in document.findall(nodes.comment)]
    found.append({'images': images, 'comments': comments, 'messages': messages})
json.dump(found, sys.stdout)
`;

let python: Promise<string> | undefined;

/** Reads documents with docutils, all in one process. */
export async function readByDocutils(documents: readonly string[]): Promise<z.infer<typeof seen>[]> {
	python ??= findPython();
	const { code, output, complaints } = await run(await python, ['-c', script], JSON.stringify(documents));
	assert.equal(code, 0, complaints);
	return z.array(seen).parse(JSON.parse(output));
}

/** A Python that has docutils: the first of the path, or Debian's with its own package, installed now where it is not there. */
export async function findPython(): Promise<string> {
	const pythons = [findOnPath('python3'), '/usr/bin/python3'].filter((file) => file !== undefined);
	for (const isInstalled of [false, true]) {
		if (isInstalled) await install();
		for (const file of pythons) if ((await run(file, ['-c', 'import docutils'], '')).code === 0) return file;
	}
	throw new Error('Docutils is needed to check reStructuredText: install python3-docutils.');
}

/** Only where it asks for no password and changes nobody's desktop: as root of a Debian-like system. */
async function install(): Promise<void> {
	if (process.getuid?.() !== 0 || findOnPath('apt-get') === undefined) return;
	console.error('Installing docutils (apt-get install python3-docutils) once.');
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	// An update that partly fails may still have what is needed: the installation is what counts.
	for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'python3-docutils']]) {
		await startProgram('apt-get', ['-qq', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] }).exited;
	}
}

/** `code`: `undefined` where the program could not be started. */
async function run(file: string, args: readonly string[], input: string) {
	const child = spawn(file, args, { env: { ...process.env, PYTHONIOENCODING: 'utf-8', PYTHONWARNINGS: 'ignore' } });
	const ended = once(child, 'close').then(
		([code]: unknown[]) => code,
		() => undefined,
	);
	// A program that ends early reads no input.
	child.stdin.on('error', () => undefined).end(input);
	const [code, output, complaints] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
	return { code, output, complaints };
}
