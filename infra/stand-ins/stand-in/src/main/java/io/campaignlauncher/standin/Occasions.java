package io.campaignlauncher.standin;

/**
 * On which of the requests that match it a fault fires: from the {@code from}-th of them on (1 is the first), at most {@code times}
 * times (0: always), each time with this probability.
 */
public record Occasions(int from, int times, double probability) {

    public static final Occasions ALWAYS = new Occasions(1, 0, 1);
    public static final Occasions ONCE = new Occasions(1, 1, 1);

    public Occasions {
        if (from < 1 || times < 0 || !(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                    "from >= 1, times >= 0, probability within 0..1: " + from + ", " + times + ", " + probability);
        }
    }
}
