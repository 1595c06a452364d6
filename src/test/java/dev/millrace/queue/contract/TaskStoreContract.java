package dev.millrace.queue.contract;

/** All that a {@link dev.millrace.queue.TaskStore} must do; the table of contents of the suite. */
public interface TaskStoreContract
        extends SubmitContract,
                DedupeContract,
                DedupeWindowContract,
                UniqueContract,
                LeaseContract,
                LaneContract,
                ConcurrencyContract,
                FenceContract,
                DeadlineContract,
                RetentionContract,
                RetryContract,
                ReleaseContract,
                ExpiryContract,
                ScheduleContract,
                ReportContract,
                ChangeContract,
                HistoryContract,
                ListContract,
                CursorContract,
                FilterContract,
                AheadContract,
                CountsContract,
                PruneContract,
                PayloadContract,
                RaceContract {}
