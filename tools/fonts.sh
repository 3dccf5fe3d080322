#!/usr/bin/env bash
# Makes composer's fonts anew from Debian's Noto packages and npm's Noto Emoji; needs
# python3-fonttools (apt-get install) and npm.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
out=$PWD/composer/src/main/resources/dev/amphi/composer/lettering/fonts
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get download -q fonts-noto-core=20201225-1 fonts-noto-cjk=1:20220127+repack1-1
for package in *.deb; do dpkg-deb -x "$package" .; done
npm pack --silent @expo-google-fonts/noto-emoji@0.4.7 | xargs tar xzf

subset() { # subset SOURCE TARGET OPTIONS...
  /usr/bin/python3 -m fontTools.subset "$1" --output-file="$out/$2" --no-hinting \
    --name-IDs=0,1,2,3,4,5,6,13,14 "${@:3}"
}

core=usr/share/fonts/truetype/noto
for name in NotoSans-{Regular,Bold} NotoSans{Arabic,Hebrew,Armenian,Georgian,Devanagari,Bengali}-Regular \
  NotoSans{Gurmukhi,Gujarati,Oriya,Tamil,Telugu,Kannada,Malayalam,Sinhala}-Regular \
  NotoSans{Thai,Lao,Khmer,Myanmar,Ethiopic}-Regular; do
  subset "$core/$name.ttf" "$name.ttf" '--layout-features=*' '--unicodes=*'
done
# Signs; Han, kana, bopomofo, Hangul; compatibility forms; the rarer Han characters of names.
subset usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc NotoSansCJK.otf --font-number=2 \
  --layout-features=ccmp,ljmo,vjmo,tjmo --unicodes="20,A0,B7,2010-2027,2030-205E,2190-21FF,2460-24FF,\
2500-267F,2E80-2FDF,3000-312F,3130-318F,31A0-31FF,3200-4DBF,4E00-9FFF,1100-11FF,A960-A97F,AC00-D7FF,\
F900-FAFF,FE30-FE4F,FF00-FFEF,20000-323AF"
cp package/400Regular/NotoEmoji_400Regular.ttf "$out/NotoEmoji-Regular.ttf"
sed -n '3,$p' package/LICENSE_FONT >"$out/OFL.txt"
ls -l "$out"
