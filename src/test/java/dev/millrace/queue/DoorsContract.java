package dev.millrace.queue;

/** What the doors of the queue room promise, on a real store. */
public interface DoorsContract extends SubmissionDoorContract, LeaseDoorContract, TaskDoorContract {}
