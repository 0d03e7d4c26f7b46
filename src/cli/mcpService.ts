import type { ToolCard } from '../agents/toolCards';

/** A tool as the server offers it. */
export interface ServedTool extends ToolCard {
	readonly name: string;
	readonly title: string;
	/** It only looks. */
	readonly readOnly: boolean;
}

/** What a call of a tool came to. */
export interface ToolAnswer {
	/** For the agent. */
	readonly text: string;
	/** The same in the shape of the contract. Absent: the arguments were none. */
	readonly structured?: object;
	readonly isError: boolean;
}

/** What a call hears and tells while it runs. */
export interface ToolCall {
	readonly signal: AbortSignal;
	readonly onProgress: (progress: {
		readonly progress: number;
		readonly total: number;
		readonly message: string;
	}) => void;
}

/** What is served. */
export interface Service {
	readonly version: string;
	/** What an agent is told beforehand of all tools. */
	readonly instructions: string;
	readonly tools: readonly ServedTool[];
	/** Never rejects. `name`: of one of the tools. */
	readonly call: (name: string, input: unknown, call: ToolCall) => Promise<ToolAnswer>;
	/** Told of what goes wrong between client and server. */
	readonly onFault: (fault: unknown) => void;
	/** Called when the client goes, before calls that run are cancelled. */
	readonly onEnd: () => void;
	/** Ends the service. */
	readonly signal: AbortSignal;
}

/** Serves over standard input and output, until the client goes or the signal aborts. */
export type Serve = (service: Service) => Promise<void>;
