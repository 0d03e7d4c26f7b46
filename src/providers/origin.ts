import type { ImageError } from '../domain/imageError';
import type { Reply } from './provider';

/** Who answered, and under which number its support finds the exchange. */
export function originOf(
	{ headers, json }: Pick<Reply, 'headers' | 'json'>,
	provider: string,
): Pick<ImageError, 'provider' | 'requestId'> {
	const own = typeof json === 'object' && json !== null && 'id' in json ? json.id : undefined;
	const requestId = headers['x-request-id'] ?? headers['x-lumenfall-request-id'] ?? own;
	return { provider, ...(typeof requestId === 'string' && { requestId }) };
}
