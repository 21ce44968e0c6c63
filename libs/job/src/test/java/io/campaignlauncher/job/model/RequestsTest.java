package io.campaignlauncher.job.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How often in a row a job has asked without an answer. */
class RequestsTest {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final JobEvent ASKED = new JobEvent.CreationRequested(1, false, List.of());
    private static final JobEvent GIVEN_UP = new JobEvent.CreationRoundEnded(1, RoundEnd.UNHEARD, null, 0);
    private static final JobEvent LOOKS_LATER = new JobEvent.LookScheduled(1, T0, "nothing was heard");

    @Test
    void counts_requests_until_something_comes_of_one() {
        assertThat(after(ASKED, ASKED).unanswered()).isEqualTo(2);
        assertThat(after(ASKED, ASKED, new JobEvent.SlotsCreated(1, List.of(), T0)).unanswered()).isZero();
    }

    @Test
    void what_a_job_tells_itself_is_no_answer() {
        assertThat(after(ASKED, GIVEN_UP, LOOKS_LATER, ASKED).unanswered()).isEqualTo(2);
    }

    @Test
    void a_retry_begins_anew() {
        var fault = new Fault(ErrorKind.TEMPORARY, false, null, null, "no", null, null);

        assertThat(after(ASKED, new JobEvent.RetryScheduled(1, 1, T0, fault), ASKED).unanswered()).isEqualTo(1);
    }

    @Test
    void remembers_the_last_request_while_parts_of_its_answer_come() {
        var requests = after(ASKED, new JobEvent.SlotsCreated(1, List.of(), T0));

        assertThat(requests.last()).isEqualTo(ASKED);
        assertThat(requests.lastAt()).isEqualTo(T0.plusSeconds(1));
    }

    /** One event a second. */
    private static Requests after(JobEvent... events) {
        var requests = Requests.NONE;
        var at = T0;
        for (var event : events) {
            at = at.plusSeconds(1);
            requests = requests.after(event, at);
        }
        return requests;
    }
}
