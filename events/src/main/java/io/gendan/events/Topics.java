package io.gendan.events;

/** The names of the topics. Each has exactly one that writes it. */
public final class Topics {

    /** {@link TicketEvent}s by ticket id, told by ticket-service. */
    public static final String TICKETS = "tickets";

    /** {@link AssignmentEvent}s by ticket id, told by routing-service. */
    public static final String ASSIGNMENTS = "assignments";

    /** {@link AgentEvent}s by agent id, told by routing-service; compacted: the last one counts. */
    public static final String AGENTS = "agents";

    /** {@link EscalationEvent}s by ticket id, told by escalation-service. */
    public static final String ESCALATIONS = "escalations";

    /** {@link VoiceEvent}s by ticket id, told by voc-service. */
    public static final String VOICES = "voices";

    /** {@link AlarmEvent}s by alarm id, told by escalation-service. */
    public static final String TIME_ALARMS = "alarms.escalation";

    /** {@link EmergencyEvent}s by emergency id, told by escalation-service. */
    public static final String EMERGENCIES = "emergencies";

    /**
     * {@link CalendarEvent}s by calendar and version, told by escalation-service; compacted: a
     * version is told once and stays.
     */
    public static final String CALENDARS = "calendars";

    /** {@link OrderEvent}s by order id, told by the shop; compacted: the last one counts. */
    public static final String ORDERS = "orders";

    /**
     * {@link TerritoryEvent}s by province, told by routing-service; compacted: the last one counts.
     */
    public static final String TERRITORIES = "territories";

    /** {@link SurveyEvent}s by survey id, told by ticket-service. */
    public static final String SURVEYS = "surveys";

    /** First tier that people take work from by claiming. */
    public static final int FIRST_QUEUED_TIER = 2;

    /** Last tier; after it nobody is dropped, it rings. */
    public static final int LAST_TIER = 4;

    private Topics() {}

    /**
     * The work queue of a tier: {@link QueueEvent}s by ticket id, told by escalation-service, read
     * by share groups.
     *
     * @throws IllegalArgumentException for a tier that has no queue
     */
    public static String escalated(int tier) {
        if (tier < FIRST_QUEUED_TIER || tier > LAST_TIER) {
            throw new IllegalArgumentException("Tier " + tier + " has no queue");
        }
        return "escalated.tier-" + tier;
    }
}
