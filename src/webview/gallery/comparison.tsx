import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { DetailView } from '../../protocol/views';
import { l10n } from '../words';
import { ActionButton } from './actionButton';
import { FailureBanner } from './banners';
import { compared } from './choosing';
import { Differences } from './differencesOf';
import { close } from './choosing';
import { wholePicture } from './sight';
import { useLook } from './useLook';
import { type Pictured, Viewer } from './viewer';

/** Two pictures: beside each other, or one over the other. */
export function Comparison({ left, right }: { readonly left: string; readonly right: string }) {
	const one = useLook(left);
	const other = useLook(right);
	const isOver = useSignal(false);
	const element = useRef<HTMLDivElement>(null);
	useLayoutEffect(() => element.current?.focus({ preventScroll: true }), []);
	const failure = one.failure ?? other.failure;
	return (
		<div
			class="comparison"
			ref={element}
			tabIndex={-1}
			onKeyDown={({ key }) => {
				if (key === 'Escape') close();
			}}
		>
			<div class="head">
				<ActionButton icon="arrow-left" text={l10n.t('Back')} onPress={close} />
				<h2>{l10n.t('Two Pictures')}</h2>
				<ActionButton
					icon="split-horizontal"
					text={l10n.t('One Over the Other')}
					isPressed={isOver.value}
					onPress={() => (isOver.value = !isOver.value)}
				/>
				<ActionButton icon="arrow-swap" text={l10n.t('Swap')} onPress={() => (compared.value = [right, left])} />
			</div>
			{failure !== undefined && (
				<FailureBanner text={failure} onAgain={one.failure === undefined ? other.again : one.again} />
			)}
			{one.seen && other.seen && (
				<>
					<Pair left={one.seen} right={other.seen} isOver={isOver.value} />
					<Differences left={one.seen} right={other.seen} />
				</>
			)}
		</div>
	);
}

interface PairProps {
	readonly left: DetailView;
	readonly right: DetailView;
	readonly isOver: boolean;
}

function Pair({ left, right, isOver }: PairProps) {
	const sight = useSignal(wholePicture);
	const share = useSignal(0.5);
	const [one, other] = [pictured(left), pictured(right)];
	if (!one || !other || !isOver)
		return (
			<div class="pair">
				{[left, right].map((seen, index) => (
					<Side key={seen.card.id} seen={seen} pictured={index === 0 ? one : other} sight={sight} />
				))}
			</div>
		);
	return (
		<div class="pair over">
			<Viewer
				picture={one}
				over={{ picture: other, share: share.value }}
				sight={sight}
				label={l10n.t('Both pictures')}
			/>
			<input
				type="range"
				min="0"
				max="100"
				aria-label={l10n.t('How much of the first picture is seen')}
				value={share.value * 100}
				onInput={({ currentTarget }) => (share.value = Number(currentTarget.value) / 100)}
			/>
		</div>
	);
}

function Side({
	seen,
	pictured,
	sight,
}: {
	seen: DetailView;
	pictured: Pictured | undefined;
	sight: Parameters<typeof Viewer>[0]['sight'];
}) {
	return (
		<figure>
			{pictured ? (
				<Viewer picture={pictured} sight={sight} label={seen.card.name} />
			) : (
				<p class="unshown">{seen.problem ?? l10n.t('The picture cannot be shown.')}</p>
			)}
			<figcaption class="foreign" dir="auto" title={seen.card.name}>
				{seen.card.name}
			</figcaption>
		</figure>
	);
}

function pictured({ picture, prompt, card }: DetailView): Pictured | undefined {
	return picture && { picture, alt: prompt.slice(0, 200) || card.name };
}
