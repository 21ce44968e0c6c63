package io.campaignlauncher.telegram.simulator.clients;

/** The calls of the acceptance tests, by whichever client. Without an answer each throws. */
interface Client extends AutoCloseable {

    Outcome me();

    Outcome meInOddCase();

    Outcome noSuchMethod();

    Outcome chat(String chat);

    Outcome member(String chat, long userId);

    /** @param mode as the API names it; empty: none */
    Outcome text(String chat, String text, String mode);

    Outcome boldText(String chat, String text, int offset, int length);

    Outcome textWithButton(String chat, String text, String label, String url);

    Outcome photo(String chat, byte[] photo, String caption);

    Outcome photo(String chat, String fileId);

    Outcome editText(String chat, int id, String text);

    Outcome editCaption(String chat, int id, String caption);

    Outcome liveLocation(String chat, int id);

    Outcome gameHighScores(long userId, String chat, int id);

    Outcome forward(String to, String from, int id);

    Outcome copy(String to, String from, int id);

    Outcome delete(String chat, int id);

    Outcome deleteMany(String chat, int... ids);

    Outcome pin(String chat, int id);

    Outcome updates(int offset, int timeoutSeconds);

    Outcome webhook(String url);

    Outcome personalMessages(long userId, int limit);

    @Override
    void close();
}
