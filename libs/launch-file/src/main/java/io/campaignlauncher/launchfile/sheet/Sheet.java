package io.campaignlauncher.launchfile.sheet;

/** The rows of a file, read anew each time. */
public interface Sheet {

    interface Rows {

        void take(SheetRow row) throws UnreadableSheet;
    }

    /** How the file is written, for people. */
    String format();

    /** Gives every row that holds something, one at a time. */
    void forEachRow(Rows rows) throws UnreadableSheet;
}
