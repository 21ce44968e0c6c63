package io.campaignlauncher.moderation.http;

import io.campaignlauncher.access.http.HttpProblem;
import io.campaignlauncher.market.model.Answers;
import io.campaignlauncher.market.model.Refusal;
import java.util.List;
import org.springframework.http.HttpStatus;

/** A decision that was a refusal, as an answer. */
final class MarketProblem extends HttpProblem {

    private static final long serialVersionUID = 1L;

    private MarketProblem(HttpStatus status, String title, String detail, List<Mistake> errors) {
        super(status, title, detail, errors, null);
    }

    static HttpProblem of(Refusal refusal) {
        var status = HttpStatus.valueOf(Answers.status(refusal));
        return new MarketProblem(status, Answers.sentence(refusal), Answers.sentence(refusal),
                refusal instanceof Refusal.Invalid(var violations)
                        ? violations.stream().map(one -> new Mistake(one.field(), one.message())).toList()
                        : List.of());
    }
}
