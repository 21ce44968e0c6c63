package io.campaignlauncher.chaos;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.util.StringUtils;

/**
 * {@code --drills=roll,failover,recover --times=3 --arguments="--seed=2" --scripts=infra/proof/chaos --previous=v0.1.0 --folder=...}: one
 * {@link Drill} after another, each as often, with further arguments for its program. Ends with 1 where one did not come out as it should.
 */
public final class DrillMain {

    private DrillMain() {}

    public static void main(String[] arguments) throws Exception {
        var options = new Options(arguments);
        var drills = Stream.of(StringUtils.tokenizeToStringArray(
                Objects.requireNonNull(options.text("drills"), "--drills=" + List.of(Drill.values())), ","))
                .map(Drill::of).toList();
        var previous = options.text("previous");
        var place = new Drill.Place(
                Path.of(Objects.requireNonNull(options.text("scripts"), "--scripts")).toAbsolutePath(),
                previous == null ? "default" : previous, options.folder("drills-").toAbsolutePath());
        var further = List.of(StringUtils.tokenizeToStringArray(options.text("arguments"), " "));
        var lines = new ArrayList<String>();
        boolean well = true;
        for (var drill : drills) {
            for (long time = 1; time <= options.number("times", 1); time++) {
                System.out.println("== " + drill + " " + time);
                var from = System.nanoTime();
                var green = drill.run(place, further);
                well &= green;
                lines.add(String.format(Locale.ROOT, "%-20s %d  %-9s %7.0f s", drill, time, green ? "well" : "NOT WELL",
                        (System.nanoTime() - from) / 1e9));
            }
        }
        lines.forEach(System.out::println);
        System.exit(well ? 0 : 1);
    }
}
