import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { mayRun, stillRuns, thisMachine, thisProcess } from '../../../src/disk/processes';
import { Child } from './child';

/** Says who it is, and stays. */
const stayer = `console.log(process.pid); process.stdin.resume();`;

describe('processes', () => {
	it('run until they are killed, and one that has ended runs no more', async () => {
		const child = new Child(['-e', stayer]);
		assert.equal(await child.next(), `${child.pid}`);
		assert.equal(mayRun(child.pid), true);
		await child.kill();
		assert.equal(mayRun(child.pid), false);
		assert.equal(stillRuns({ ...thisProcess(), pid: child.pid }), false);
	});

	it('that have ended and wait for their parents to ask do not run', async () => {
		const parent: ChildProcess = spawn('sh', ['-c', 'read line <&3 & echo $!; exec sleep 1000'], {
			stdio: ['ignore', 'pipe', 'ignore', 'pipe'],
		});
		try {
			assert.ok(parent.stdout);
			let pid = 0;
			for await (const line of createInterface(parent.stdout)) {
				pid = Number(line);
				break;
			}
			// What has become of the shell asks after nobody.
			while (readFileSync(`/proc/${parent.pid}/comm`, 'utf8') !== 'sleep\n') await setImmediate();
			assert.equal(mayRun(pid), true);
			const [, , , line] = parent.stdio;
			if (line instanceof Writable) line.end('\n');
			while (!/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'))) await setImmediate();
			assert.equal(mayRun(pid), false);
		} finally {
			parent.kill('SIGKILL');
		}
	});

	it('are told apart by when they began, and by their machine', () => {
		const own = thisProcess();
		assert.deepEqual([own.pid, own.machine], [process.pid, thisMachine()]);
		assert.deepEqual(thisProcess(), own);
		assert.equal(stillRuns(own), true);
		assert.equal(stillRuns({ ...own, began: `${own.began}0` }), false);
		assert.equal(stillRuns({ ...own, machine: 'another' }), undefined);
		assert.match(thisMachine(), /^[\da-f]{16}$/);
	});
});
