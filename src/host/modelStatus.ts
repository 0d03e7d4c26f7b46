import { Disposable, l10n, type SecretStorage, StatusBarAlignment, window, workspace } from 'vscode';
import { findOffered } from '../catalogue/catalogue';
import { cardOf } from '../catalogue/modelCards';
import { parseSizeWish } from '../domain/size';
import type { ImageMaker } from './imageMaker';
import type { PromptMemory } from './promptMemory';
import { asLabel } from './tell';
import { translate } from './translate';

interface Parts {
	readonly maker: ImageMaker;
	readonly memory: PromptMemory;
	readonly secrets: SecretStorage;
}

/** The model that the prompt box begins with, in the status bar; a click chooses another one. It is there once Limn has been used. */
export class ModelStatus implements Disposable {
	readonly #item = window.createStatusBarItem('limn.model', StatusBarAlignment.Right, 0);
	readonly #listeners: Disposable;
	#turn = 0;

	constructor(readonly parts: Parts) {
		this.#item.name = l10n.t('Limn: Model');
		this.#item.command = 'limn.chooseModel';
		const refresh = () => void this.refresh().catch(() => this.#item.hide());
		this.#listeners = Disposable.from(
			workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('limn') && refresh()),
			parts.secrets.onDidChange(refresh),
			window.onDidChangeActiveTextEditor(refresh),
			parts.memory.onDidChange(refresh),
		);
		refresh();
	}

	async refresh(): Promise<void> {
		const turn = ++this.#turn;
		const { maker, memory } = this.parts;
		const { model, size } = memory.get();
		const name = await maker.modelFor(model, window.activeTextEditor?.document.uri);
		// Who asked later knows better.
		if (turn !== this.#turn) return;
		const found = findOffered(name, maker.parts.lists.catalogue());
		const card = found && cardOf(found, parseSizeWish(size ?? ''));
		const facts = card ? [card.price, ...card.badges].map(translate) : [];
		this.#item.text = `$(sparkle) ${asLabel(name)}`;
		const words = [l10n.t('Limn: model of the next picture'), name, ...facts];
		this.#item.tooltip = words.join(' · ');
		this.#item.accessibilityInformation = { label: words.join(', ') };
		this.#item.show();
	}

	dispose(): void {
		this.#turn++;
		this.#listeners.dispose();
		this.#item.dispose();
	}
}
