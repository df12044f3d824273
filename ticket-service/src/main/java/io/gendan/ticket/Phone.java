package io.gendan.ticket;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * A phone number that exists in its country's numbering plan, mainland China unless it says
 * another.
 *
 * @param e164 with country code and without blanks (ITU-T E.164)
 * @param mobilePrefix the first seven digits of a mobile number of mainland China
 * @param areaCode the area code of a landline of mainland China, or the country code of a foreign
 *     number with its plus
 */
record Phone(String e164, @Nullable String mobilePrefix, @Nullable String areaCode) {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final int CHINA = 86;

    static Optional<Phone> parse(String text) {
        try {
            var number = NUMBERS.parse(text, "CN");
            if (!NUMBERS.isValidNumber(number)) {
                return Optional.empty();
            }
            var e164 = NUMBERS.format(number, PhoneNumberFormat.E164);
            if (number.getCountryCode() != CHINA) {
                return Optional.of(new Phone(e164, null, "+" + number.getCountryCode()));
            }
            var national = NUMBERS.getNationalSignificantNumber(number);
            if (NUMBERS.getNumberType(number) == PhoneNumberType.MOBILE) {
                return Optional.of(new Phone(e164, national.substring(0, 7), null));
            }
            var length = NUMBERS.getLengthOfGeographicalAreaCode(number);
            return Optional.of(
                    new Phone(
                            e164, null, length == 0 ? null : "0" + national.substring(0, length)));
        } catch (NumberParseException notANumber) {
            return Optional.empty();
        }
    }
}
