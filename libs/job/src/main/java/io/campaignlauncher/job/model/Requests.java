package io.campaignlauncher.job.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a job has asked of workers, and how often in a row without an answer.
 *
 * @param last       the last request; null before the first
 * @param lastAt     when that was
 * @param unanswered requests since the last answer, the last one included
 */
public record Requests(JobEvent.@Nullable Requested last, @Nullable Instant lastAt, int unanswered) {

    public static final Requests NONE = new Requests(null, null, 0);

    /** After the event that comes next. @param at when it happened */
    public Requests after(JobEvent event, Instant at) {
        return switch (event) {
            case JobEvent.Requested request -> new Requests(request, at, unanswered + 1);
            // These the job adds itself while nobody answers: they are no answer.
            case JobEvent.CreationRoundEnded _,JobEvent.LookScheduled _ -> this;
            case JobEvent.JobAccepted _,JobEvent.Progress _,JobEvent.Waiting _,JobEvent.Ending _ ->
                new Requests(last, lastAt, 0);
        };
    }
}
