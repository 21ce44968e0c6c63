package io.campaignlauncher.console.model.market;

import io.campaignlauncher.console.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A form as somebody filled it in.
 *
 * @param values  by the name of the field
 * @param problem why it was not taken; null: nobody has sent it yet
 * @param key     made once for a form, so that one which is sent twice makes one thing
 */
public record Typed(Map<String, String> values, @Nullable Problem problem, String key) {

    public Typed {
        values = Map.copyOf(values);
    }

    /** Empty where nothing was typed. */
    public String value(String field) {
        return values.getOrDefault(field, "");
    }

    public boolean is(String field, String value) {
        return value(field).equals(value);
    }

    /** What is wrong with a field, whose parts count as it; empty: nothing. */
    public String mistake(String field) {
        return problem == null ? "" : String.join("; ", problem.mistakes().stream()
                .filter(one -> isOf(one, field))
                .map(one -> one.field().equals(field) ? one.message() : one.field() + " " + one.message()).toList());
    }

    private static boolean isOf(Problem.Mistake mistake, String field) {
        return mistake.field().equals(field) || mistake.field().startsWith(field + ".")
                || mistake.field().startsWith(field + "[");
    }

    /** The id of what says what is wrong with a field; null: nothing is. */
    public @Nullable String mistakeId(String field) {
        return mistake(field).isEmpty() ? null : field + "-mistake";
    }

    /** What went wrong, without the mistakes that stand at these fields; null: nothing else did. */
    public @Nullable Problem problemBeside(Set<String> fields) {
        if (problem == null) {
            return null;
        }
        var others = new ArrayList<Problem.Mistake>();
        for (var mistake : problem.mistakes()) {
            if (fields.stream().noneMatch(field -> isOf(mistake, field))) {
                others.add(mistake);
            }
        }
        return problem.mistakes().isEmpty() || !others.isEmpty()
                ? new Problem(problem.status(), problem.title(), told(problem), others, problem.traceId())
                : new Problem(problem.status(), "This cannot be saved yet", "What is wrong stands at each field.",
                        List.of(), "");
    }

    private static String told(Problem problem) {
        return problem.detail().equals(problem.title()) ? "" : problem.detail();
    }
}
