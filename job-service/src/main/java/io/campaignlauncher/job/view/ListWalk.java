package io.campaignlauncher.job.view;

import io.campaignlauncher.job.view.JobPage.Place;
import io.campaignlauncher.readmodel.JobView;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts a page together from rows and from what is known beyond them, so that pages neither repeat nor leave out a job
 * that stays where it is: also where a row was on the page, and what is known beyond it was not.
 *
 * @param lastRow number of the last row that was read, where there may be more rows; null: there are none
 */
record ListWalk(Place place, int limit, @Nullable Long lastRow) {

    private static final Comparator<JobView> OLDEST_FIRST = Comparator
            .comparing(job -> Objects.requireNonNull(job.id()));

    /** @param withoutRow the newest first */
    JobPage page(Collection<JobView> found, Supplier<List<JobView>> withoutRow) {
        var walked = Stream.concat(newestOfAll(withoutRow), found.stream().filter(this::isWithin).sorted(order()))
                .toList();
        if (!place.older() && lastRow == null) {
            walked = Stream.concat(walked.stream(), withoutRow.get().reversed().stream()).toList();
        }
        var shown = walked.subList(0, Math.min(limit, walked.size()));
        var further = walked.size() > limit ? lastNumber(shown) : lastRow;
        var jobs = (place.older() ? shown : shown.reversed()).stream().map(job -> JobDetails.of(job, false)).toList();
        var back = place.number() == null ? null : Long.valueOf(place.number() + (place.older() ? -1 : 1));
        return place.older() ? new JobPage(jobs, further, back) : new JobPage(jobs, back, further);
    }

    private Stream<JobView> newestOfAll(Supplier<List<JobView>> withoutRow) {
        return place.number() == null ? withoutRow.get().stream() : Stream.of();
    }

    private Comparator<JobView> order() {
        return place.older() ? OLDEST_FIRST.reversed() : OLDEST_FIRST;
    }

    /** What lies beyond the last row comes with the rows between. */
    private boolean isWithin(JobView job) {
        return lastRow == null || Objects.requireNonNull(job.id()).compareTo(lastRow) * (place.older() ? 1 : -1) >= 0;
    }

    /** A page of jobs that have no number yet is followed by all that have one. */
    private @Nullable Long lastNumber(List<JobView> shown) {
        for (var job : shown.reversed()) {
            if (job.id() != null) {
                return job.id();
            }
        }
        return place.older() ? Long.valueOf(Long.MAX_VALUE) : null;
    }
}
