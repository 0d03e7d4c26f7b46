import type { Provider } from '../providers/provider';
import { sketch } from '../providers/sketch/sketch';
import { sketchProvider } from '../catalogue/providers';

/** By the provider's id: how to speak to it. Every provider of the catalogue's offers has one. */
export const dialects: ReadonlyMap<string, Provider> = new Map([[sketchProvider, sketch]]);
