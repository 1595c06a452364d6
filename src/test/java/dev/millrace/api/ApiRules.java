package dev.millrace.api;

/** All that holds of a server that is asked over HTTP, on every store, as a jar and as a native executable. */
interface ApiRules
        extends SubmitRules,
                RepeatRules,
                BulkRules,
                TaskRules,
                ListRules,
                DeadLetterRules,
                LeaseRules,
                LeaseEndRules,
                LongPollRules,
                QueueRules,
                DestinationRules,
                OperationsRules,
                DrainRules,
                HttpRequestRules,
                ErrorRules,
                WireRules,
                OpenApiRules {}
