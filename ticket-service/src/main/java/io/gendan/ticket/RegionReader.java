package io.gendan.ticket;

import io.gendan.events.Evidence;
import io.gendan.events.Region;

import me.ihxq.projects.pna.PhoneNumberInfo;
import me.ihxq.projects.pna.PhoneNumberLookup;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads out of what the customer gave where the customer is: the delivery address, else that of the
 * order, else the given province, else the phone number, else nothing. Never an error.
 */
@Component
class RegionReader {

    /** A street named after a province, such as 河南中路 of Shanghai, is no address in it. */
    private static final Pattern STREET =
            Pattern.compile("[东西南北中]?[一二三四]?(路|大?街|大?道|巷|弄|里|胡同).*", Pattern.DOTALL);

    private final List<Province> provinces;
    private final Map<String, String> codes;
    private final PhoneNumberLookup prefixes = new PhoneNumberLookup();

    private record Province(String code, String shortName, String fullName, String nameEn) {}

    RegionReader(JdbcClient jdbc) {
        provinces =
                jdbc.sql("SELECT code, short_name, full_name, name_en FROM province")
                        .query(
                                (row, _) ->
                                        new Province(
                                                row.getString("code"),
                                                row.getString("short_name"),
                                                row.getString("full_name"),
                                                row.getString("name_en")))
                        .list();
        codes = provinces.stream().collect(Collectors.toMap(Province::shortName, Province::code));
    }

    Region read(@Nullable String address, @Nullable String province, @Nullable Phone phone) {
        var byAddress = Optional.ofNullable(address).flatMap(this::atTheHeadOf);
        if (byAddress.isPresent()) {
            return region(byAddress.get(), Evidence.ADDRESS, phone);
        }
        var byProvince = Optional.ofNullable(province).flatMap(this::named);
        if (byProvince.isPresent()) {
            return region(byProvince.get(), Evidence.PROVINCE, phone);
        }
        var byPhone = Optional.ofNullable(phone).flatMap(this::homeOf);
        if (byPhone.isPresent()) {
            return region(byPhone.get(), Evidence.PHONE, phone);
        }
        if (phone != null && phone.areaCode() != null) {
            return new Region(List.of(), null, phone.areaCode(), Evidence.PHONE);
        }
        var evidence = province == null ? Evidence.CHANNEL : Evidence.UNRECOGNISED;
        return new Region(List.of(), mobilePrefix(phone), null, evidence);
    }

    /** The same with a province that was told since, if there is one of that name. */
    Region moved(Region before, String province) {
        return named(province)
                .map(
                        code ->
                                new Region(
                                        List.of(code),
                                        before.mobilePrefix(),
                                        before.areaCode(),
                                        Evidence.PROVINCE))
                .orElseGet(
                        () ->
                                new Region(
                                        List.of(),
                                        before.mobilePrefix(),
                                        before.areaCode(),
                                        Evidence.UNRECOGNISED));
    }

    /**
     * The same with where the order goes, unless the address that was given says it.
     *
     * @param divisions of the order's delivery address; none when nobody knows
     */
    static Region deliveredTo(Region given, List<String> divisions) {
        return divisions.isEmpty() || given.evidence() == Evidence.ADDRESS
                ? given
                : new Region(divisions, given.mobilePrefix(), given.areaCode(), Evidence.ORDER);
    }

    /** Of the address alone; none when it does not begin with a province. */
    List<String> divisions(@Nullable String address) {
        return Optional.ofNullable(address).flatMap(this::atTheHeadOf).stream().toList();
    }

    private static Region region(String code, Evidence evidence, @Nullable Phone phone) {
        var areaCode = phone == null ? null : phone.areaCode();
        return new Region(List.of(code), mobilePrefix(phone), areaCode, evidence);
    }

    private static @Nullable String mobilePrefix(@Nullable Phone phone) {
        return phone == null ? null : phone.mobilePrefix();
    }

    /** An address begins with its province, after the country if that is written at all. */
    private Optional<String> atTheHeadOf(String address) {
        var head = address.strip().replaceFirst("^(中国|China)[,，\\s]*", "");
        return provinces.stream()
                .filter(province -> head.startsWith(province.shortName()))
                .filter(
                        province ->
                                !STREET.matcher(head.substring(province.shortName().length()))
                                        .matches())
                .map(Province::code)
                .findFirst();
    }

    private Optional<String> named(String name) {
        var stripped = name.strip();
        return provinces.stream()
                .filter(
                        province ->
                                stripped.equals(province.code())
                                        || stripped.equals(province.shortName())
                                        || stripped.equals(province.fullName())
                                        || stripped.equals(province.shortName() + "省")
                                        || stripped.equals(province.shortName() + "市")
                                        || stripped.equalsIgnoreCase(province.nameEn()))
                .map(Province::code)
                .findFirst();
    }

    private Optional<String> homeOf(Phone phone) {
        return Optional.ofNullable(phone.mobilePrefix())
                .flatMap(prefix -> prefixes.lookup(prefix + "0000"))
                .map(PhoneNumberInfo::getAttribution)
                .flatMap(home -> Optional.ofNullable(codes.get(home.getProvince())));
    }
}
