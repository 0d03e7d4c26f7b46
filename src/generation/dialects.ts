import { sketchProvider } from '../catalogue/providers';
import { chat } from '../providers/chat/chat';
import { openaiImages } from '../providers/openai-images/openaiImages';
import type { Provider } from '../providers/provider';
import { runware } from '../providers/runware/runware';
import { replicate } from '../providers/replicate/replicate';
import { sketch } from '../providers/sketch/sketch';

/** By the provider's id: how to speak to it. Every provider of the catalogue's offers has one. */
export const dialects: ReadonlyMap<string, Provider> = new Map([
	[sketchProvider, sketch],
	['openai', openaiImages],
	['runware', runware],
	['lumenfall', openaiImages],
	['vincony', chat],
	['replicate', replicate],
	['custom', openaiImages],
]);
