/** A way to the other side that carries plain data. It may lose some: the editor drops what is sent to a hidden webview. */
export interface Channel<Sent, Received> {
	post(message: Sent): void;
	/** Returns what ends the listening. */
	onMessage(listener: (message: Received) => void): () => void;
}

/** From the webview to the host. */
export type Upward =
	| { readonly kind: 'call'; readonly id: number; readonly method: string; readonly params: unknown }
	/** Whoever called does not wait any more. */
	| { readonly kind: 'cancel'; readonly id: number };

/** Why a call failed. */
export interface CallFailure {
	/** `invalid`: the host knows no such call, or cannot read what is given along. `cancelled`: the caller did not wait. `ended`: the other side is gone. */
	readonly code: 'invalid' | 'failed' | 'cancelled' | 'ended';
	/** For a person. */
	readonly message: string;
}

/** From the host to the webview. */
export type Downward<State, Value = unknown> =
	| { readonly kind: 'done'; readonly id: number; readonly value: Value }
	| { readonly kind: 'failed'; readonly id: number; readonly failure: CallFailure }
	/** All that there is to show; what came before it counts no more. */
	| { readonly kind: 'state'; readonly state: State };
