import { chatProbe } from '../providers/chat/probe';
import { lumenfallProbe, openaiProbe } from '../providers/openai-images/probes';
import type { Probe } from '../providers/provider';
import { replicateProbe } from '../providers/replicate/probe';
import { runwareProbe } from '../providers/runware/probe';

/** By the provider's id: how to learn whether it accepts the key. Every provider with an address has one. */
export const probes: ReadonlyMap<string, Probe> = new Map([
	['openai', openaiProbe],
	['runware', runwareProbe],
	['lumenfall', lumenfallProbe],
	['vincony', chatProbe],
	['replicate', replicateProbe],
	['custom', openaiProbe],
]);
