import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** A program and everything that it starts. Nothing of it outlives this process, however this process ends. */
export interface Program {
	/** Its exit code; undefined when a signal ended it or when it could not be started. */
	readonly exited: Promise<number | undefined>;
	/** Asks the whole group to end, and ends it after `graceMs`. */
	stop(graceMs?: number): Promise<void>;
}

type Farewell = 'SIGTERM' | 'SIGKILL';

const running = new Map<ChildProcess, Farewell>();
const folders = new Set<string>();
let guarded = false;

/**
 * Starts a program as the leader of a process group of its own. `farewell`: what its group is sent should this process end
 * before it; a program with a person's unsaved work deserves a gentle one.
 */
export function startProgram(
	command: string,
	args: readonly string[],
	options: SpawnOptions = {},
	farewell: Farewell = 'SIGKILL',
): Program {
	guard();
	const child = spawn(command, args, { stdio: 'ignore', ...options, detached: process.platform !== 'win32' });
	running.set(child, farewell);
	const exited = new Promise<number | undefined>((resolve) => {
		child.once('exit', (code) => resolve(code ?? undefined));
		child.once('error', () => resolve(undefined));
	});
	return { exited, stop: async (graceMs = 3000) => stop(child, exited, graceMs) };
}

async function stop(child: ChildProcess, exited: Promise<unknown>, graceMs: number): Promise<void> {
	signalGroup(child, 'SIGTERM');
	await Promise.race([exited, setTimeout(graceMs, undefined, { ref: false })]);
	// Also after an orderly exit of the leader: members of its group may be left.
	signalGroup(child, 'SIGKILL');
	await exited;
	running.delete(child);
}

function signalGroup(child: ChildProcess, signal: Farewell): void {
	if (child.pid === undefined) return;
	if (process.platform === 'win32') {
		spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
		return;
	}
	try {
		process.kill(-child.pid, signal);
	} catch {
		// Nobody of the group is left.
	}
}

/** A new folder, by its real path, that is removed when this process ends. */
export function temporaryFolder(): string {
	guard();
	const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'limn-')));
	folders.add(folder);
	return folder;
}

/** Ends this process when its parent is gone: nobody is left to hear the result. */
export function endWithParent(): void {
	const parent = process.ppid;
	setInterval(() => {
		if (process.ppid !== parent) process.exit(1);
	}, 500).unref();
}

function guard(): void {
	if (guarded) return;
	guarded = true;
	process.once('exit', cleanUp);
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.once(signal, () => process.exit(128 + constants.signals[signal]));
	}
}

function cleanUp(): void {
	for (const [child, farewell] of running) signalGroup(child, farewell);
	for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}
