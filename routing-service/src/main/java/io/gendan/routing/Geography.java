package io.gendan.routing;

import io.gendan.events.Channel;
import io.gendan.events.Region;
import io.gendan.events.Territory;
import io.gendan.routing.Placement.Anywhere;
import io.gendan.routing.Placement.Placed;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Which territory a customer belongs to, by one version of the rules. Never an error: what no
 * province places has a home, and what has no home goes anywhere.
 *
 * @param provinces by the two digits that every division code begins with
 * @param phonePrefixes province code by the leading digits of an area code, or of a country code
 *     with a plus before it
 * @param homes territory of {@link #OVERSEAS} and of channels
 * @param neighbours who helps out a territory, the first to be asked first
 */
record Geography(
        Map<String, Province> provinces,
        Map<String, String> phonePrefixes,
        Map<String, Territory> homes,
        Map<Territory, List<Territory>> neighbours) {

    static final String OVERSEAS = "OVERSEAS";

    private static final String MAINLAND = "+86";

    record Province(String code, String name, Territory territory) {

        @Override
        public String toString() {
            return code + " " + name;
        }
    }

    Geography {
        provinces = Map.copyOf(provinces);
        phonePrefixes = Map.copyOf(phonePrefixes);
        homes = Map.copyOf(homes);
        neighbours = Map.copyOf(neighbours);
    }

    List<Territory> neighboursOf(Territory territory) {
        return neighbours.getOrDefault(territory, List.of());
    }

    /** Divisions first, then the phone, then the channel's home. */
    Placement place(Region region, Channel channel) {
        var candidates =
                region.divisions().stream()
                        .map(this::provinceOf)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList();
        var byPhone = region.areaCode() == null ? null : provinceOfPhone(region.areaCode());
        if (!candidates.isEmpty()) {
            return byDivisions(candidates, byPhone, region);
        }
        if (byPhone != null) {
            return new Placed(
                    byPhone.territory(),
                    "province %s by the phone's code %s".formatted(byPhone, region.areaCode()));
        }
        if (isForeign(region.areaCode()) && homes.containsKey(OVERSEAS)) {
            return new Placed(
                    homes.get(OVERSEAS),
                    "home of overseas customers, country code %s".formatted(region.areaCode()));
        }
        if (homes.containsKey(channel.name())) {
            return new Placed(
                    homes.get(channel.name()),
                    "region %s, home of channel %s".formatted(region.evidence(), channel));
        }
        return new Anywhere("region %s, most spare capacity".formatted(region.evidence()));
    }

    private Placement byDivisions(
            List<Province> candidates, @Nullable Province byPhone, Region region) {
        var first = candidates.getFirst();
        var votes = new EnumMap<Territory, Long>(Territory.class);
        candidates.forEach(province -> votes.merge(province.territory(), 1L, Long::sum));
        if (votes.size() == 1) {
            return new Placed(
                    first.territory(), "province %s by %s".formatted(first, region.evidence()));
        }
        var names = candidates.stream().map(Province::toString).collect(Collectors.joining(", "));
        if (byPhone != null && candidates.contains(byPhone)) {
            return new Placed(
                    byPhone.territory(),
                    "province %s by the phone among %s by %s"
                            .formatted(byPhone, names, region.evidence()));
        }
        var most = votes.values().stream().max(Long::compare).orElseThrow();
        var chosen =
                candidates.stream()
                        .filter(province -> most.equals(votes.get(province.territory())))
                        .findFirst()
                        .orElseThrow();
        return new Placed(
                chosen.territory(),
                "province %s, most frequent or first among %s by %s"
                        .formatted(chosen, names, region.evidence()));
    }

    private @Nullable Province provinceOf(String division) {
        return division.length() < 2 ? null : provinces.get(division.substring(0, 2));
    }

    private @Nullable Province provinceOfPhone(String code) {
        var phone = normal(code);
        for (int length = phone.length(); length > 1; length--) {
            var province = phonePrefixes.get(phone.substring(0, length));
            if (province != null) {
                return provinces.get(province);
            }
        }
        return null;
    }

    private static boolean isForeign(@Nullable String code) {
        return code != null && normal(code).startsWith("+") && !normal(code).equals(MAINLAND);
    }

    /** An area code begins with its trunk digit 0, everything else is a country code. */
    private static String normal(String code) {
        return code.startsWith("0") || code.startsWith("+") ? code : "+" + code;
    }
}
