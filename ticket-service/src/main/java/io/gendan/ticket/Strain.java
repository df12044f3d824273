package io.gendan.ticket;

/**
 * How often happened to a ticket what shows that it goes badly, from its beginning.
 *
 * @param contacts calls and chats of the customer, answered or not
 * @param reopenings how often a resolution was none
 * @param brokenPromises of ours, whoever made them: also what the system promised by itself
 */
record Strain(int contacts, int reopenings, int brokenPromises) {

    static final Strain NONE = new Strain(0, 0, 0);

    Strain contacted() {
        return new Strain(contacts + 1, reopenings, brokenPromises);
    }

    Strain reopened() {
        return new Strain(contacts, reopenings + 1, brokenPromises);
    }

    Strain brokePromise() {
        return new Strain(contacts, reopenings, brokenPromises + 1);
    }
}
