import type { MarkdownIt } from 'markdown-it';

/** The codes of GitHub and Slack that newsletters use, each with its sign. */
const codes = `+1 👍 -1 👎 100 💯 airplane ✈️ alarm_clock ⏰ alien 👽 ambulance 🚑 anchor ⚓ angry 😠 apple 🍎 arrow_down ⬇️ arrow_left ⬅️
arrow_right ➡️ arrow_up ⬆️ art 🎨 astonished 😲 baby 👶 balloon 🎈 bamboo 🎍 bar_chart 📊 battery 🔋 bear 🐻 bee 🐝 beer 🍺 beers 🍻 beetle 🐞
bell 🔔 bike 🚲 birthday 🎂 blossom 🌼 blue_book 📘 blue_heart 💙 blush 😊 book 📖 bookmark 🔖 bookmark_tabs 📑 books 📚 boom 💥 bouquet 💐
bow 🙇 brain 🧠 broken_heart 💔 bug 🐛 building_construction 🏗️ bulb 💡 busts_in_silhouette 👥 butterfly 🦋 cactus 🌵 cake 🍰 calendar 📆
camera 📷 camping 🏕️ candle 🕯️ car 🚗 cat 🐱 chart_with_downwards_trend 📉 chart_with_upwards_trend 📈 checkered_flag 🏁 cherry_blossom 🌸
christmas_tree 🎄 cinema 🎦 clap 👏 clapper 🎬 clipboard 📋 clock1 🕐 closed_book 📕 cloud ☁️ clown_face 🤡 coffee ☕ computer 💻 confetti_ball 🎊
confused 😕 construction 🚧 construction_worker 👷 cookie 🍪 cool 🆒 cop 👮 corn 🌽 credit_card 💳 crown 👑 cry 😢 crystal_ball 🔮 cupid 💘 dancer 💃
dart 🎯 date 📅 deciduous_tree 🌳 disappointed 😞 dizzy 💫 dog 🐶 dollar 💵 dolphin 🐬 door 🚪 dragon 🐉 earth_africa 🌍 earth_americas 🌎
earth_asia 🌏 elephant 🐘 email 📧 envelope ✉️ evergreen_tree 🌲 exclamation ❗ expressionless 😑 eyeglasses 👓 eyes 👀 facepalm 🤦 factory 🏭
fallen_leaf 🍂 family 👪 fearful 😨 file_folder 📁 fire 🔥 fireworks 🎆 fish 🐟 fist ✊ flags 🎏 flashlight 🔦 floppy_disk 💾 flushed 😳 football 🏈
four_leaf_clover 🍀 fox_face 🦊 frog 🐸 game_die 🎲 gear ⚙️ gem 💎 ghost 👻 gift 🎁 globe_with_meridians 🌐 grapes 🍇 green_apple 🍏 green_book 📗
green_heart 💚 grimacing 😬 grin 😁 grinning 😀 guitar 🎸 hammer 🔨 hammer_and_wrench 🛠️ handshake 🤝 hatching_chick 🐣 headphones 🎧 heart ❤️
heart_eyes 😍 heartbeat 💓 heavy_check_mark ✔️ heavy_exclamation_mark ❗ heavy_multiplication_x ✖️ heavy_plus_sign ➕ herb 🌿 hibiscus 🌺
hourglass ⌛ house 🏠 hugs 🤗 hushed 😯 inbox_tray 📥 information_source ℹ️ innocent 😇 iphone 📱 joy 😂 key 🔑 keyboard ⌨️ kiss 💋 kissing_heart 😘
label 🏷️ laptop 💻 laughing 😆 leaves 🍃 ledger 📒 lemon 🍋 link 🔗 lipstick 💄 lock 🔒 loudspeaker 📢 love_letter 💌 lying_face 🤥 mag 🔍
mag_right 🔎 mailbox 📫 man_technologist 👨‍💻 maple_leaf 🍁 mega 📣 memo 📝 microphone 🎤 microscope 🔬 money_with_wings 💸 moneybag 💰 monkey 🐒
moon 🌔 mortar_board 🎓 mountain ⛰️ movie_camera 🎥 muscle 💪 mushroom 🍄 musical_note 🎵 nerd_face 🤓 neutral_face 😐 new 🆕 newspaper 📰 no_entry ⛔
no_entry_sign 🚫 nose 👃 notebook 📓 notes 🎶 ocean 🌊 octopus 🐙 ok ✅ ok_hand 👌 older_man 👴 open_book 📖 open_file_folder 📂 orange_book 📙
orange_heart 🧡 outbox_tray 📤 package 📦 page_facing_up 📄 paintbrush 🖌️ palm_tree 🌴 panda_face 🐼 paperclip 📎 partying_face 🥳 paw_prints 🐾
pear 🍐 pencil ✏️ pencil2 ✏️ penguin 🐧 pensive 😔 performing_arts 🎭 phone ☎️ pig 🐷 pill 💊 pineapple 🍍 pizza 🍕 point_down 👇 point_left 👈
point_right 👉 point_up ☝️ point_up_2 👆 poop 💩 popcorn 🍿 postbox 📮 potted_plant 🪴 pray 🙏 printer 🖨️ purple_heart 💜 pushpin 📌 puzzle_piece 🧩
question ❓ rabbit 🐰 radio 📻 rainbow 🌈 raised_hand ✋ raised_hands 🙌 ramen 🍜 recycle ♻️ red_circle 🔴 relaxed ☺️ relieved 😌 repeat 🔁 ribbon 🎀
ring 💍 robot 🤖 rocket 🚀 rofl 🤣 roll_eyes 🙄 rose 🌹 rotating_light 🚨 round_pushpin 📍 running 🏃 sad 😢 sailboat ⛵ satellite 📡 satisfied 😆
school 🏫 scream 😱 scroll 📜 seedling 🌱 see_no_evil 🙈 shamrock ☘️ sheep 🐑 shield 🛡️ ship 🚢 shopping_cart 🛒 shrug 🤷 skull 💀 sleeping 😴
sleuth_or_spy 🕵️ slightly_smiling_face 🙂 small_blue_diamond 🔹 small_orange_diamond 🔸 smile 😄 smiley 😃 smirk 😏 snail 🐌 snake 🐍 snowflake ❄️
snowman ⛄ sob 😭 soccer ⚽ sos 🆘 sound 🔉 sparkle ❇️ sparkler 🎇 sparkles ✨ sparkling_heart 💖 speaker 🔈 speech_balloon 💬 star ⭐ star2 🌟
star_struck 🤩 stars 🌠 statue_of_liberty 🗽 stopwatch ⏱️ strawberry 🍓 stuck_out_tongue 😛 sun_with_face 🌞 sunflower 🌻 sunglasses 😎 sunny ☀️
sunrise 🌅 surfer 🏄 sweat 😓 sweat_smile 😅 sweet_potato 🍠 tada 🎉 tangerine 🍊 tea 🍵 telescope 🔭 tent ⛺ test_tube 🧪 thinking 🤔 thought_balloon 💭
thumbsdown 👎 thumbsup 👍 ticket 🎫 tiger 🐯 timer_clock ⏲️ tomato 🍅 toolbox 🧰 top 🔝 tractor 🚜 traffic_light 🚥 train 🚋 triangular_flag_on_post 🚩
trophy 🏆 tropical_fish 🐠 truck 🚚 tulip 🌷 turtle 🐢 tv 📺 two_hearts 💕 umbrella ☔ unamused 😒 unicorn 🦄 unlock 🔓 up 🆙 upside_down_face 🙃 v ✌️
vertical_traffic_light 🚦 video_camera 📹 video_game 🎮 vs 🆚 warning ⚠️ wastebasket 🗑️ watch ⌚ watermelon 🍉 wave 👋 weary 😩 whale 🐳 wheelchair ♿
white_check_mark ✅ wind_chime 🎐 wine_glass 🍷 wink 😉 wolf 🐺 woman_technologist 👩‍💻 worried 😟 wrench 🔧 writing_hand ✍️ x ❌ yellow_heart 💛
yum 😋 zap ⚡ zzz 💤`
  .trim()
  .split(/\s+/);

const signs = new Map(codes.flatMap((code, n): [string, string][] => (n % 2 === 0 ? [[code, codes[n + 1] ?? '']] : [])));

/** `:tada:` becomes its sign; a code that is not known stays text. */
export function emojiCodes(markdown: MarkdownIt): void {
  markdown.core.ruler.after('text_join', 'emoji_codes', ({ tokens }) => {
    for (const { children } of tokens)
      for (const child of children ?? [])
        if (child.type === 'text' && child.content.includes(':'))
          child.content = child.content.replace(/:([a-z0-9_+-]{1,30}):/g, (written, code: string) => signs.get(code) ?? written);
  });
}
