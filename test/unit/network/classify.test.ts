import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import * as fc from 'fast-check';
import { classify, hasCode } from '../../../src/network/classify';
import type { LossReason } from '../../../src/providers/provider';
import { closedPort } from './servers';

function failed(code: string, rest: { message?: string; syscall?: string; cause?: unknown } = {}): Error {
	const { message = `it was ${code}`, ...more } = rest;
	return Object.assign(new Error(message), { code, ...more });
}

function lossOf(error: unknown): [LossReason, boolean] {
	const { lost, unseen } = classify(error);
	return [lost, unseen];
}

const codes: readonly (readonly [code: string, lost: LossReason, unseen: boolean])[] = [
	['ENOTFOUND', 'unresolved', true],
	['EAI_AGAIN', 'unresolved', true],
	['ECONNREFUSED', 'refused', true],
	['UND_ERR_CONNECT_TIMEOUT', 'refused', true],
	['CERT_HAS_EXPIRED', 'certificate', true],
	['CERT_NOT_YET_VALID', 'certificate', true],
	['SELF_SIGNED_CERT_IN_CHAIN', 'certificate', true],
	['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate', true],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate', true],
	['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'certificate', true],
	['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate', true],
	['ERR_SSL_WRONG_VERSION_NUMBER', 'certificate', true],
	['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'certificate', true],
	['ECONNRESET', 'reset', false],
	['EPIPE', 'reset', false],
	['UND_ERR_SOCKET', 'reset', false],
	['UND_ERR_HEADERS_TIMEOUT', 'timed-out', false],
	['UND_ERR_BODY_TIMEOUT', 'stalled', false],
	['HPE_INVALID_CONSTANT', 'garbled', false],
	['Z_DATA_ERROR', 'garbled', false],
	['ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC', 'reset', false],
	['UND_ERR_ABORTED', 'reset', false],
	['EMFILE', 'reset', false],
	['', 'reset', false],
];

const messages: readonly (readonly [message: string, lost: LossReason, unseen: boolean])[] = [
	['Proxy response (407) !== 200 when HTTP Tunneling', 'proxy', true],
	['proxy authentication required', 'proxy', true],
	['Failed to establish a socket connection to proxies: PROXY 10.0.0.1:3128', 'proxy', true],
	['net::ERR_PROXY_CONNECTION_FAILED', 'proxy', true],
	['net::ERR_TUNNEL_CONNECTION_FAILED', 'proxy', true],
	['net::ERR_NAME_NOT_RESOLVED', 'unresolved', true],
	['net::ERR_CONNECTION_REFUSED', 'refused', true],
	['net::ERR_CONNECTION_TIMED_OUT', 'refused', true],
	['net::ERR_ADDRESS_UNREACHABLE', 'reset', false],
	['net::ERR_INTERNET_DISCONNECTED', 'reset', false],
	['net::ERR_CERT_AUTHORITY_INVALID', 'certificate', true],
	['net::ERR_CONNECTION_RESET', 'reset', false],
	['Response does not match the HTTP/1.1 protocol', 'garbled', false],
	['terminated', 'reset', false],
	['other side closed', 'reset', false],
];

describe('what an error means', () => {
	for (const [code, lost, unseen] of codes) {
		it(`${code || 'none'} is ${lost}, ${unseen ? 'not seen' : 'perhaps seen'}`, () => {
			assert.deepEqual(lossOf(failed(code)), [lost, unseen]);
			const wrapped = new TypeError('fetch failed', { cause: new Error('inner', { cause: failed(code) }) });
			assert.deepEqual(lossOf(wrapped), [lost, unseen]);
		});
	}

	for (const [message, lost, unseen] of messages) {
		it(`“${message}” is ${lost}`, () => {
			assert.deepEqual(lossOf(new TypeError('fetch failed', { cause: new Error(message) })), [lost, unseen]);
		});
	}

	for (const code of ['EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL', 'ETIMEDOUT']) {
		it(`knows ${code} while connecting from the same afterwards`, () => {
			assert.deepEqual(lossOf(failed(code, { syscall: 'connect' })), ['refused', true]);
			for (const syscall of ['read', 'write']) assert.deepEqual(lossOf(failed(code, { syscall })), ['reset', false]);
			assert.deepEqual(lossOf(failed(code)), ['reset', false]);
		});
	}

	it('looks at every address that was tried', () => {
		const tried = [failed('ETIMEDOUT', { syscall: 'connect' }), failed('ENETUNREACH', { syscall: 'connect' })];
		for (const code of ['ETIMEDOUT', 'ENETUNREACH', 'ECONNRESET']) {
			const cause = Object.assign(new AggregateError(tried), { code });
			const error = new TypeError('fetch failed', { cause });
			assert.deepEqual(lossOf(error), ['refused', true]);
			assert.match(classify(error).detail, /ETIMEDOUT.*ENETUNREACH/);
		}
	});

	it('believes what Node says of several addresses', async () => {
		const { port } = await closedPort();
		const addresses = [
			{ address: '127.0.0.1', family: 4 },
			{ address: '::1', family: 6 },
		];
		const socket = net.connect({
			host: 'two.example',
			port: Number(port),
			lookup: (_, options, callback) => callback(null, addresses),
			autoSelectFamily: true,
		});
		const [error]: unknown[] = await once(socket, 'error').catch((error: unknown) => [error]);
		assert.ok(error instanceof AggregateError && 'code' in error && !('syscall' in error), String(error));
		assert.deepEqual(lossOf(error), ['refused', true]);
	});

	it('takes for seen what one of the causes may have been', () => {
		const error = failed('ECONNREFUSED', { cause: failed('ECONNRESET') });
		assert.deepEqual(lossOf(error), ['reset', false]);
		assert.deepEqual(lossOf(new AggregateError([failed('ECONNREFUSED'), failed('EPIPE')])), ['reset', false]);
	});

	it('never takes for unseen what it does not know', () => {
		const known =
			/^(ENOTFOUND|EAI_|ECONNREFUSED|E(HOST|NET)(UNREACH|DOWN)|EADDRNOTAVAIL|UND_ERR_|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|ERR_TLS_|ERR_SSL_|INVALID_|HOSTNAME_|PATH_LENGTH|HPE_|Z_)/;
		const code = fc.oneof(fc.string(), fc.stringMatching(/^E[A-Z_]{2,12}$/)).filter((text) => !known.test(text));
		fc.assert(
			fc.property(code, fc.string(), (code, message) =>
				assert.deepEqual(lossOf(failed(code, { message })), ['reset', false]),
			),
		);
	});

	it('takes anything at all', () => {
		fc.assert(
			fc.property(fc.anything({ withNullPrototype: true, withDate: true }), (thrown) => {
				const { lost, unseen, detail } = classify(thrown);
				assert.deepEqual([lost, unseen, typeof detail], ['reset', false, 'string']);
			}),
		);
	});

	it('ends where causes go round in circles', () => {
		const error = failed('ENOTFOUND');
		assert.deepEqual(lossOf(Object.assign(error, { cause: error })), ['unresolved', true]);
		assert.deepEqual(lossOf(Object.assign(error, { errors: [error, error] })), ['reset', false]);
	});

	it('says what it found, each thing once', () => {
		const cause = failed('ECONNREFUSED', { message: 'connect ECONNREFUSED 127.0.0.1:9' });
		const { detail } = classify(new TypeError('fetch failed', { cause }));
		assert.equal(detail, 'fetch failed; ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:9');
	});

	it('finds a code among the causes', () => {
		assert.equal(hasCode(new TypeError('fetch failed', { cause: failed('X') }), 'X'), true);
		assert.equal(hasCode(new TypeError('fetch failed', { cause: failed('X') }), 'Y'), false);
	});
});
