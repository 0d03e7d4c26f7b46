import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import {
	CallToolRequestSchema,
	ErrorCode,
	ListToolsRequestSchema,
	McpError,
	type ServerNotification,
	type ServerRequest,
	type Tool,
} from '@modelcontextprotocol/sdk/types.js';
import type { Serve, ServedTool, Service, ToolCall } from './cli/mcpService';

type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;

/** Serves tools to an agent. The protocol is all that is here, in a bundle of its own: whoever needs no server does not load it. */
export const serve: Serve = async (service) => {
	const { version, instructions, tools, signal } = service;
	const server = new Server({ name: 'limn', title: 'Limn', version }, { capabilities: { tools: {} }, instructions });
	server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: tools.map(toolOf) }));
	server.setRequestHandler(CallToolRequestSchema, async ({ params: { name, arguments: input = {} } }, extra) => {
		if (!tools.some((tool) => tool.name === name)) {
			const known = tools.map((tool) => tool.name).join(', ');
			throw new McpError(ErrorCode.InvalidParams, `There is no such tool. Available: ${known}.`);
		}
		const { text, structured, isError } = await service.call(name, input, callOf(extra, service));
		return {
			content: [{ type: 'text', text }],
			...(structured && { structuredContent: { ...structured } }),
			...(isError && { isError }),
		};
	});
	const closed = new Promise<void>((onclose) => Object.assign(server, { onclose, onerror: service.onFault }));
	const close = () => void server.close().catch(service.onFault);
	signal.addEventListener('abort', close, { once: true });
	// The transport does not see that the client has gone.
	process.stdin.once('end', close);
	// It may close by itself, after a message that is too long; the server cancels what runs only after this.
	await server.connect(Object.assign(new StdioServerTransport(), { onclose: service.onEnd }));
	await closed;
};

function toolOf({ name, title, description, input, readOnly }: ServedTool): Tool {
	return {
		name,
		title,
		description,
		inputSchema: { ...input, required: [...(input.required ?? [])] },
		annotations: {
			title,
			readOnlyHint: readOnly,
			destructiveHint: false,
			idempotentHint: readOnly,
			openWorldHint: !readOnly,
		},
	};
}

function callOf({ signal, _meta, sendNotification }: Extra, { onFault }: Service): ToolCall {
	const progressToken = _meta?.progressToken;
	return {
		signal,
		onProgress: (progress) => {
			if (progressToken === undefined) return;
			const params = { progressToken, ...progress };
			sendNotification({ method: 'notifications/progress', params }).catch(onFault);
		},
	};
}
