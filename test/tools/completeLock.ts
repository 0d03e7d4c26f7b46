// `npm run lock`: after an `npm install`. A registry that mirrors only some platforms' packages makes npm write a lock file that
// `npm ci` refuses then ("Missing: … from lock file"). This adds the optional packages that npm left out; their names say
// for which system and processor they are, so that npm passes over those of other machines without asking for them.
import { readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod';

const lockSchema = z.looseObject({
	packages: z.record(
		z.string(),
		z.looseObject({ dev: z.boolean().optional(), optionalDependencies: z.record(z.string(), z.string()).optional() }),
	),
});

const cpus = ['arm64', 'arm', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x', 'wasm32'];

function platformOf(name: string) {
	const words =
		name
			.split('/')
			.at(-1)
			?.replace(/^binding-/, '')
			.split('-') ?? [];
	const cpu = cpus.find((candidate) => words.includes(candidate));
	const libc = words.some((word) => word.startsWith('musl'))
		? 'musl'
		: words.some((word) => word.startsWith('gnu')) && 'glibc';
	if (!words[0] || !cpu) throw new Error(`The name of ${name} says no platform. Add it to the lock file by hand.`);
	return { cpu: [cpu], ...(libc && { libc: [libc] }), os: [words[0]] };
}

const lock = lockSchema.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));
const added: string[] = [];
for (const { dev, optionalDependencies = {} } of Object.values(lock.packages)) {
	for (const [name, version] of Object.entries(optionalDependencies)) {
		const place = `node_modules/${name}`;
		if (place in lock.packages) continue;
		lock.packages[place] = { version, ...(dev && { dev }), optional: true, ...platformOf(name) };
		added.push(name);
	}
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).toSorted(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync('package-lock.json', `${JSON.stringify(lock, undefined, '\t')}\n`);
console.log(`${added.length} packages added: ${added.join(', ') || 'none was missing'}`);
