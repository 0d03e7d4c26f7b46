import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../icon';
import { l10n } from '../words';
import { known, spoil } from './cards';
import { isRushing } from './scroller';
import { wantThumbnail } from './thumbnails';

/** A picture's thumbnail, or what there is instead. It fills what it is in. */
export function Thumb({ id }: { readonly id: string }) {
	const { card, problem } = known(id).value ?? {};
	const isShown = useRef(false);
	isShown.current ||= !isRushing.value;
	const isAbsent = card !== undefined && card.thumbnail === undefined && !card.isMissing && problem === undefined;
	const isWanted = isShown.current && isAbsent;
	useEffect(() => (isWanted ? wantThumbnail(id) : undefined), [id, isWanted]);
	if (!isShown.current) return null;
	if (problem !== undefined) return <Instead icon="circle-slash" text={l10n.t('Cannot be shown')} why={problem} />;
	if (card?.thumbnail !== undefined)
		return (
			<img
				src={card.thumbnail}
				alt=""
				loading="eager"
				decoding="async"
				draggable={false}
				onError={() => spoil(id, l10n.t('Its thumbnail cannot be read.'))}
			/>
		);
	return card?.isMissing ? <Instead icon="question" text={l10n.t('File is gone')} /> : null;
}

function Instead({ icon, text, why }: { readonly icon: string; readonly text: string; readonly why?: string }) {
	return (
		<span class="instead" {...(why !== undefined && { title: why })}>
			<Icon name={icon} />
			{text}
		</span>
	);
}
