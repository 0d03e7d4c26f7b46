// A second extension in the editor of the tests: does there what it is told over the loopback interface, as any other extension could.
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { writeFileSync } from 'node:fs';
import { CancellationTokenSource, commands, extensions, LanguageModelTextPart, lm, version, workspace } from 'vscode';
import * as z from 'zod';
import { orderSchema, type Order } from './orders';

/** Listens, and writes its port into a file. */
export function startDriver(portFile: string): void {
	const server = createServer((request, response) => {
		void text(request)
			.then(async (body) => answerTo(orderSchema.parse(JSON.parse(body))))
			.then((answer) => response.end(JSON.stringify(answer)));
	});
	server.listen(0, '127.0.0.1', () => {
		writeFileSync(portFile, String(z.object({ port: z.number() }).parse(server.address()).port));
	});
}

async function answerTo(order: Order) {
	const started = performance.now();
	try {
		const value = await obey(order);
		return { value, ms: performance.now() - started };
	} catch (error) {
		return { fault: String(error), ms: performance.now() - started };
	}
}

async function obey(order: Order): Promise<unknown> {
	switch (order.kind) {
		case 'command':
			return commands.executeCommand(order.id, order.argument);
		case 'tool':
			return textOf(order);
		case 'setting':
			return workspace.getConfiguration().update(order.name, order.value, true);
		case 'about':
			return about(order.extension);
		case 'global':
			return Reflect.get(globalThis, order.name);
	}
}

async function textOf({ name, input }: Order & { kind: 'tool' }): Promise<string> {
	const { token } = new CancellationTokenSource();
	const { content } = await lm.invokeTool(name, { input, toolInvocationToken: undefined }, token);
	return content.flatMap((part) => (part instanceof LanguageModelTextPart ? part.value : [])).join('\n');
}

function about(id: string) {
	const extension = extensions.getExtension(id);
	return { version, path: extension?.extensionPath, isActive: extension?.isActive };
}
