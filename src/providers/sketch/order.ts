import type { RequestableFormat } from '../../domain/imageFormat';
import type { Task } from '../provider';
import type { SketchOrder } from './paint';

/** What the painter thread is asked for: plain data, so that it can cross to the thread. */
export interface PaintOrder {
	readonly task: Task;
	readonly sketch: SketchOrder;
	readonly format: RequestableFormat;
}
