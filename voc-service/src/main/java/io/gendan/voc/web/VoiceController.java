package io.gendan.voc.web;

import static io.gendan.api.Role.ADMIN;
import static io.gendan.api.Role.ANALYST;
import static io.gendan.api.Role.OPS;
import static io.gendan.api.Role.SUPERVISOR;

import io.gendan.api.Allowed;
import io.gendan.api.Page;
import io.gendan.api.Paging;
import io.gendan.api.Scope;
import io.gendan.api.Unscoped;
import io.gendan.events.Channel;
import io.gendan.events.CloseReason;
import io.gendan.events.Kind;
import io.gendan.events.Territory;
import io.gendan.voc.Ear;
import io.gendan.voc.OrderRating;
import io.gendan.voc.OrderRatings;
import io.gendan.voc.TicketRating;
import io.gendan.voc.TicketRatings;
import io.gendan.voc.TicketRatings.Filter;
import io.gendan.voc.Voice;
import io.gendan.voc.Voices;

import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

@RestController
@RequestMapping("/api/voc")
class VoiceController {

    /** Only roles that see every territory get here. */
    private static final Scope EVERYTHING = new Scope.Everything();

    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

    private final Ear ear;
    private final TicketRatings ratings;
    private final OrderRatings orderRatings;

    VoiceController(Ear ear, TicketRatings ratings, OrderRatings orderRatings) {
        this.ear = ear;
        this.ratings = ratings;
        this.orderRatings = orderRatings;
    }

    /**
     * @param from first day, absent for the beginning; days are those of Asia/Shanghai
     * @param to last day, absent for the end
     */
    record Statistics(
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            @Nullable Kind kind,
            long total,
            List<Voices.Count> counts) {}

    record VoiceView(
            UUID id,
            UUID ticketId,
            Kind kind,
            String category,
            Channel channel,
            @Nullable Territory territory,
            CloseReason closeReason,
            Instant closedAt,
            Instant heardAt,
            String subject,
            @Nullable String body) {

        static VoiceView of(Voice voice) {
            return new VoiceView(
                    voice.id(),
                    voice.ticketId(),
                    voice.kind(),
                    voice.category(),
                    voice.channel(),
                    voice.territory(),
                    voice.closeReason(),
                    voice.closedAt(),
                    voice.heardAt(),
                    voice.texts().subject(),
                    voice.texts().body());
        }
    }

    @GetMapping("/statistics")
    @Allowed({ANALYST, SUPERVISOR, OPS, ADMIN})
    Statistics statistics(
            @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE)
                    @Nullable LocalDate from,
            @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate to,
            @RequestParam(required = false) @Nullable Kind kind) {
        var counts =
                ear.counts(
                        from == null ? FIRST_DAY : from,
                        to == null ? LAST_DAY : to,
                        kind,
                        EVERYTHING);
        return new Statistics(
                from, to, kind, counts.stream().mapToLong(Voices.Count::voices).sum(), counts);
    }

    @GetMapping("/voices")
    @Allowed({ANALYST, SUPERVISOR, ADMIN})
    Page<VoiceView> voices(Paging paging) {
        return ear.voices(paging, EVERYTHING).map(VoiceView::of);
    }

    /**
     * What customers say of how their tickets were solved, newest first.
     *
     * @param category of either level; one of the first stands for all below it
     * @param late whether only those that came after their time, or only the others
     * @param since the earliest
     * @param until before which
     */
    @GetMapping("/ratings")
    @Allowed({ANALYST, SUPERVISOR, ADMIN})
    @Unscoped("only roles that see every territory get here")
    Page<TicketRating> ratings(
            @RequestParam(required = false) @Nullable String category,
            @RequestParam(required = false) @Nullable Territory territory,
            @RequestParam(required = false) @Nullable Boolean late,
            @RequestParam(required = false) @Nullable Integer score,
            @RequestParam(required = false) @Nullable Instant since,
            @RequestParam(required = false) @Nullable Instant until,
            Paging paging) {
        var filter = new Filter(category, territory, late, score, since, until);
        return ratings.page(filter, paging);
    }

    /** What customers say of their orders without a ticket, newest first. */
    @GetMapping("/order-ratings")
    @Allowed({ANALYST, SUPERVISOR, ADMIN})
    @Unscoped("only roles that see every territory get here")
    Page<OrderRating> orderRatings(Paging paging) {
        return orderRatings.page(paging);
    }
}
