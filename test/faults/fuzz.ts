// Mutated replies, for every dialect: a part of `npm run faults`, in a process of its own. `fuzz.js RUNS SEED`.
import { collected, fuzz } from './fuzzing';

async function main(): Promise<number> {
	const [runs, seed] = [Number(process.argv[2] ?? 20_000), Number(process.argv[3] ?? Math.floor(Date.now() / 1000))];
	const unhandled: string[] = [];
	process.on('unhandledRejection', (reason) => unhandled.push(String(reason)));
	let failed = 0;
	for (const spoken of await collected()) {
		const began = Date.now();
		const fault = await fuzz(spoken, runs, seed).then(
			() => undefined,
			(error: unknown) => (error instanceof Error ? error.message : String(error)),
		);
		const found = [
			...(fault === undefined ? [] : [fault]),
			...unhandled.splice(0).map((reason) => `unhandled: ${reason}`),
		];
		failed += found.length;
		const outcome = found.length === 0 ? 'no crash, no unhandled rejection, no non-image saved' : found.join('\n');
		console.log(
			`${spoken.name}: ${runs} mutated replies, seed ${seed}, ${Math.round((Date.now() - began) / 1000)} s: ${outcome}`,
		);
	}
	return failed === 0 ? 0 : 1;
}

main().then(
	(code) => process.exit(code),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
