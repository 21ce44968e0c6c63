package io.campaignlauncher.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Who deals on the marketplace.
 *
 * @param moderators more than one, who judge the same targets at the same time
 */
record MarketPeople(Person admin, List<Person> moderators, List<Person> advertisers, List<Person> publishers) {

    private static final String PASSWORD = "tidy otter 7";
    private static final double IMPATIENCE = 0.2;

    /** @param userId as the marketplace knows them */
    record Person(String userId, Caller market) {}

    /** Makes them known to the identity-service, and logs them in. */
    static MarketPeople come(MarketFleet fleet, AskedAgain market, int advertisers, int publishers, Random random)
            throws InterruptedException {
        try (var identity = new AskedAgain(List.of(fleet.identity()))) {
            var door = new Door(identity, market, random);
            var admin = door.logIn("admin", fleet.adminPassword());
            return new MarketPeople(new Person("admin", door.onMarket(admin)),
                    door.all("moderator", 2, new Caller(identity, admin, 0, random)),
                    door.all("advertiser", advertisers, null), door.all("publisher", publishers, null));
        }
    }

    /** Where people come in. */
    private record Door(AskedAgain identity, AskedAgain market, Random random) {

        /** @param admin who makes them; null: they register */
        List<Person> all(String role, int count, @Nullable Caller admin) throws InterruptedException {
            var people = new ArrayList<Person>(count);
            for (int i = 1; i <= count; i++) {
                var name = role + "-" + i;
                var made = admin == null ? nobody().make("/api/auth/register", name, Map.of("username", name,
                        "password", PASSWORD))
                        : admin.make("/api/auth/users", name, Map.of("username", name, "password", PASSWORD, "roles",
                                List.of(role)));
                people.add(new Person(made.path("userId").asString(), onMarket(logIn(name, PASSWORD))));
            }
            return people;
        }

        String logIn(String name, String password) throws InterruptedException {
            return nobody().post("/api/auth/login", Map.of("username", name, "password", password))
                    .path("accessToken").asString();
        }

        Caller onMarket(String token) {
            return new Caller(market, token, IMPATIENCE, new Random(random.nextLong()));
        }

        private Caller nobody() {
            return new Caller(identity, null, 0, random);
        }
    }
}
