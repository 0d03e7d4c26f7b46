import { contentRows } from './contentRows';
import { downloadRows } from './downloadRows';
import { killRows } from './killRows';
import { machineRows } from './machineRows';
import type { Row } from './row';
import { sizeRows } from './sizeRows';
import { statusRows } from './statusRows';
import { wireRows } from './wireRows';

/** Everything that goes wrong. */
export const rows: readonly Row[] = [
	...statusRows,
	...wireRows,
	...contentRows,
	...downloadRows,
	...machineRows,
	...killRows,
	...sizeRows,
];
