package io.campaignlauncher.job.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list of jobs, the newest first.
 *
 * @param next     what the page after it begins after; null: this is the last one
 * @param previous what the page before it ends before; null: this is the first one
 */
public record JobPage(List<JobDetails> jobs, @Nullable Long next, @Nullable Long previous) {

    public JobPage {
        jobs = List.copyOf(jobs);
    }

    /**
     * Where a page is.
     *
     * @param older  whether it goes from the newer to the older
     * @param number of the job that it begins beyond; null: it begins with the newest
     */
    public record Place(boolean older, @Nullable Long number) {

        public static final Place FIRST = new Place(true, null);

        public static Place after(long number) {
            return new Place(true, number);
        }

        public static Place before(long number) {
            return new Place(false, number);
        }
    }
}
