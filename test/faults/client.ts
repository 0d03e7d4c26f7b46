// The client under test: one job after another, in a process of its own.
import { Client } from './clientJob';
import { toChild, type Told } from './order';

const client = new Client();
/** Faults that nobody caught. */
const uncaught: string[] = [];
process.on('uncaughtException', (error) => uncaught.push(`uncaught: ${error.stack ?? error.message}`));
process.on('unhandledRejection', (reason) => uncaught.push(`unhandled: ${String(reason)}`));
process.on('disconnect', () => process.exit());

let cancel = (): void => undefined;

process.on('message', (message) => {
	const said = toChild.parse(message);
	if (said.kind === 'cancel') {
		cancel();
		return;
	}
	const controller = new AbortController();
	cancel = () => controller.abort();
	void client.run(said.order, controller).then(tell, (error: unknown) => {
		uncaught.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
		tell(nothing);
	});
});
process.send?.({ kind: 'ready' });

const nothing: Told = {
	saved: [],
	failures: [],
	lines: [],
	errors: [],
	shown: [],
	remembered: [],
	listMs: 0,
	written: [],
	faults: [],
	ms: 0,
	peakBytes: 0,
	strays: [],
	isOpen: false,
};

function tell(told: Told): void {
	// What nobody catches comes a little later than what it belongs to.
	setImmediate(() => process.send?.({ kind: 'done', told: withFaults(told, uncaught.splice(0)) }));
}

function withFaults(told: Told, faults: readonly string[]): Told {
	return { ...told, faults: [...told.faults, ...faults], errors: [...told.errors, ...faults] };
}
