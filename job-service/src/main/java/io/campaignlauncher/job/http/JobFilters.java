package io.campaignlauncher.job.http;

import io.campaignlauncher.access.http.QueryParameters;
import io.campaignlauncher.job.model.JobStatus;
import io.campaignlauncher.job.view.ErrorCode;
import io.campaignlauncher.job.view.JobFilter;
import io.campaignlauncher.job.view.JobPage.Place;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;

/** Which jobs a list is asked for. */
final class JobFilters {

    private static final Set<String> STATUSES = Arrays.stream(JobStatus.values())
            .map(status -> status.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    private static final Pattern ACCOUNT = Pattern.compile("act_\\d{1,20}");
    private static final Pattern FACEBOOK_ID = Pattern.compile("\\d{1,30}");

    private JobFilter filter = JobFilter.NONE;

    private JobFilters() {}

    /** @throws Problem 400, where something is not as it should be */
    static JobFilter of(ServerRequest request) {
        return new JobFilters().read(new QueryParameters(request));
    }

    private JobFilter read(QueryParameters asked) {
        add(asked.text("userId"), JobFilter::ofUser);
        add(asked.text("name"), JobFilter::named);
        add(asked.text("idempotencyKey"), JobFilter::askedForAs);
        add(asked.text("credentialId"), JobFilter::withCredential);
        add(asked.matching("adAccountId", ACCOUNT, "must be act_ and digits"), JobFilter::onAccount);
        add(asked.matching("facebookId", FACEBOOK_ID, "must be digits"), JobFilter::thatMade);
        add(asked.take("errorCode", "must be a code, or a code and a subcode as in 100/33", ErrorCode::of),
                JobFilter::thatMet);
        add(asked.take("status", "must be one or several, with commas between, of "
                + STATUSES.stream().sorted().toList(), JobFilters::statuses), JobFilter::standing);
        var period = asked.period();
        add(period.from(), JobFilter::since);
        add(period.to(), JobFilter::before);
        asked.areGood();
        return filter;
    }

    private <T> void add(@Nullable T given, BiFunction<JobFilter, T, JobFilter> condition) {
        filter = given == null ? filter : condition.apply(filter, given);
    }

    private static Optional<Set<String>> statuses(String given) {
        var all = Arrays.stream(given.split(",", -1)).collect(Collectors.toUnmodifiableSet());
        return STATUSES.containsAll(all) ? Optional.of(all) : Optional.empty();
    }

    /** @throws Problem 400, where it is none, or two */
    static Place place(ServerRequest request) {
        var after = Paging.number(request, "after", Long.MAX_VALUE);
        var before = Paging.number(request, "before", 0, Long.MAX_VALUE - 1);
        if (after != null && before != null) {
            throw Problem.badRequest("before", "cannot be told beside after");
        }
        return after != null ? Place.after(after) : before != null ? Place.before(before) : Place.FIRST;
    }
}
