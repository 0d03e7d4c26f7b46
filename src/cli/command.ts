import type { NetworkPorts } from '../network/network';
import type { Environment } from './environment';
import type { Flags, Given } from './flags';
import type { Serve } from './mcpService';

/** The process that a command runs in. */
export interface Program {
	/** Writes a line of what was asked for. */
	readonly out: (line: string) => void;
	/** Writes a line of what happens meanwhile, and of what went wrong. */
	readonly err: (line: string) => void;
	readonly environment: Environment;
	/** Where it was started. */
	readonly folder: string;
	/** Where the bundles lie. */
	readonly bundles: string;
	/** Limn's own. */
	readonly version: string;
	/** Aborts when the person ends the command. */
	readonly signal: AbortSignal;
	readonly loadDirect: NetworkPorts['loadDirect'];
	readonly loadMcp: () => Promise<{ readonly serve: Serve }>;
}

/** What a command ends with. */
export const exitCodes = { done: 0, failed: 1, misuse: 2, ended: 130 } as const;

/** One of the words that may follow `limn`. */
export interface Command {
	/** What follows its name, without flags. */
	readonly takes: string;
	/** One sentence. */
	readonly about: string;
	readonly flags: Flags;
	/** Paragraphs of its help. */
	readonly notes?: readonly string[];
	/** Its exit code. Throws `Misuse`. */
	readonly run: (given: Given, program: Program) => Promise<number>;
}
