package dev.millrace.api;

import dev.millrace.queue.TaskDraft;
import dev.millrace.task.MillraceException;

/**
 * One task of a bulk call: a draft, or why it is none.
 *
 * @param draft null when refused
 * @param refusal null when readable
 */
record BulkItem(TaskDraft draft, MillraceException refusal) {}
