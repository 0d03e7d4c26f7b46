import { state } from '../connection';
import { ActionButton } from '../gallery/actionButton';
import { Icon } from '../icon';
import { l10n } from '../words';
import type { Staged } from './canvasState';
import { insertPicture } from './insertPicture';
import { fault, unacceptable } from './shown';
import { isComparing, looked } from './staging';
import { acceptResult, discardResult, isRetrying, problem, retry } from './stripDeeds';
import { captionOf, labelOf, retryWords } from './stripWords';

/** What there is to say of the result that is looked at, and what can be done with it. */
export function Verdict() {
	const result = looked.value;
	return (
		<>
			{result ? <Caption result={result} /> : <p class="faint">{l10n.t('This is the picture that is changed.')}</p>}
			{result && <Deeds result={result} />}
			<div class="mistakes" role="alert">
				{problem.value !== undefined && (
					<p class="mistake">
						<Icon name="error" />
						<span class="foreign">{problem.value}</span>
					</p>
				)}
			</div>
		</>
	);
}

function Caption({ result }: { readonly result: Staged }) {
	const words = captionOf(result);
	const isChanged = (result.changedOutsideMask ?? 0) > 0;
	return (
		<div class="caption">
			<p class="foreign" dir="auto">
				{labelOf(result)}
			</p>
			{words !== undefined && (
				<p class={isChanged ? 'note warning' : 'note fine'}>
					<Icon name={isChanged ? 'warning' : 'pass'} />
					<strong>{words}</strong>
				</p>
			)}
			{fault.value !== undefined && (
				<p class="note warning">
					<Icon name="warning" />
					<span class="foreign">{fault.value}</span>
				</p>
			)}
		</div>
	);
}

function Deeds({ result }: { readonly result: Staged }) {
	const untrusted = state.value?.isTrusted ? undefined : l10n.t('Trust this workspace to make pictures.');
	const ordered = isRetrying.value ? l10n.t('It has just been ordered.') : undefined;
	return (
		<div class="buttons">
			<Compare />
			<ActionButton
				icon="check"
				text={l10n.t('Accept')}
				isPrimary
				refused={unacceptable.value}
				onPress={() => acceptResult(result)}
			/>
			<ActionButton icon="close" text={l10n.t('Discard')} onPress={() => discardResult(result)} />
			<ActionButton
				icon="refresh"
				text={retryWords(result)}
				refused={untrusted ?? ordered}
				onPress={() => void retry(result)}
			/>
			<ActionButton
				icon="insert"
				text={l10n.t('Insert')}
				refused={fault.value}
				onPress={() => void insertPicture(result.id, problem)}
			/>
		</div>
	);
}

/** Shows the picture that is changed while it is held. What presses it without holding it (a screen reader) turns it on and off. */
function Compare() {
	return (
		<button
			type="button"
			class="button"
			title={l10n.t('Hold to see the original')}
			aria-pressed={isComparing.value}
			onPointerDown={(event) => {
				if (event.button !== 0) return;
				event.currentTarget.setPointerCapture(event.pointerId);
				compare(true);
			}}
			onPointerUp={() => compare(false)}
			onLostPointerCapture={() => compare(false)}
			onKeyDown={(event) => {
				if (!isHeldBy(event.key)) return;
				event.preventDefault();
				compare(true);
			}}
			onKeyUp={(event) => {
				if (!isHeldBy(event.key)) return;
				event.preventDefault();
				compare(false);
			}}
			onBlur={() => compare(false)}
			onClick={({ detail }) => {
				if (detail === 0) compare(!isComparing.peek());
			}}
		>
			<Icon name="eye" />
			{l10n.t('Compare')}
		</button>
	);
}

/** A key that would press the button: here it holds it. */
function isHeldBy(key: string): boolean {
	return key === ' ' || key === 'Enter';
}

function compare(isOn: boolean): void {
	isComparing.value = isOn;
}
